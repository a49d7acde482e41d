# SPDX-License-Identifier: AGPL-3.0-or-later
"""Windows' limits, against a stand-in for pywin32's ``win32job``: no Windows runs these tests."""

from __future__ import annotations

from typing import Any

from pechakucha.decks.windows_job import WindowsJob


class StandIn:
    """Keeps what the documented calls would set; the constants have the documented values."""

    JobObjectExtendedLimitInformation = 9
    JOB_OBJECT_LIMIT_PROCESS_MEMORY = 0x100
    JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE = 0x2000

    def __init__(self) -> None:
        self.in_force: dict[str, Any] = {}
        self.members: list[object] = []
        self.limits_when_joined: list[int] = []

    def CreateJobObject(self, security: None, name: str) -> str:  # noqa: N802  # pywin32's name
        return "job"

    def QueryInformationJobObject(self, job: str, kind: int) -> dict[str, Any]:  # noqa: N802
        assert (job, kind) == ("job", self.JobObjectExtendedLimitInformation)
        return {"BasicLimitInformation": {"LimitFlags": 1}, "ProcessMemoryLimit": 0}

    def SetInformationJobObject(self, job: str, kind: int, information: dict[str, Any]) -> None:  # noqa: N802
        assert (job, kind) == ("job", self.JobObjectExtendedLimitInformation)
        self.in_force = {**information, "BasicLimitInformation": dict(information["BasicLimitInformation"])}

    def AssignProcessToJobObject(self, job: str, process: object) -> None:  # noqa: N802
        self.members.append(process)
        self.limits_when_joined.append(self.in_force["ProcessMemoryLimit"])


def test_a_process_joins_a_job_that_is_limited_and_ends_with_it() -> None:
    api = StandIn()

    WindowsJob(api, "me", 1000)

    assert (api.members, api.limits_when_joined) == (["me"], [1000])
    assert api.in_force["BasicLimitInformation"]["LimitFlags"] == 0x2101


def test_the_limit_can_be_changed_without_joining_again() -> None:
    api = StandIn()
    job = WindowsJob(api, "me", 1000)

    job.limit(4000)

    assert (api.in_force["ProcessMemoryLimit"], api.members) == (4000, ["me"])
