# SPDX-License-Identifier: AGPL-3.0-or-later
"""Remarks on stage and machine in words."""

from __future__ import annotations

from pechakucha.show.status import Grade, Remark
from pechakucha.texts import Texts


def told(remark: Remark, texts: Texts) -> str:
    """What is so."""
    if remark.problem is not None:
        return texts.problem(remark.problem)
    return texts(f"remark.{remark.what}", **remark.params)


def advice(remark: Remark, texts: Texts) -> str:
    """What to do about it, "" where there is nothing to do, or it is said already."""
    if remark.grade is Grade.KNOW or remark.problem is not None:
        return ""
    return texts(f"advice.{remark.what}", **remark.params)


def told_with_advice(remark: Remark, texts: Texts) -> str:
    """Both."""
    return f"{told(remark, texts)} {advice(remark, texts)}".strip()
