# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every sentence a person reads: codes with parameters in, German or English out."""

from pechakucha.texts.catalogue import LANGUAGES, Texts

__all__ = ["LANGUAGES", "Texts"]
