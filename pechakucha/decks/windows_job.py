# SPDX-License-Identifier: AGPL-3.0-or-later
"""Windows' way to limit a process and what it starts: a job object. Written from its documentation."""

from __future__ import annotations

from typing import Any


class WindowsJob:
    """A job with this process in it; what it starts joins by itself, and ends with the worker.

    Args:
        api: pywin32's ``win32job``.
        process: the handle of this process, as ``win32api.GetCurrentProcess`` gives it.
        process_bytes: how much memory each process in it may commit.

    The job is closed, and with it everything in it ended, when this process ends in any way:
    nobody else has a handle.
    """

    def __init__(self, api: Any, process: Any, process_bytes: int) -> None:
        self._api = api
        self._job = api.CreateJobObject(None, "")
        self._information = api.QueryInformationJobObject(self._job, api.JobObjectExtendedLimitInformation)
        basic = self._information["BasicLimitInformation"]
        basic["LimitFlags"] |= api.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | api.JOB_OBJECT_LIMIT_PROCESS_MEMORY
        self.limit(process_bytes)
        api.AssignProcessToJobObject(self._job, process)

    def limit(self, process_bytes: int) -> None:
        """From now on, let each process in the job commit so much memory."""
        self._information["ProcessMemoryLimit"] = process_bytes
        self._api.SetInformationJobObject(
            self._job, self._api.JobObjectExtendedLimitInformation, self._information
        )
