"""How one run of `pivotlab grade` is done where something secret is in it: a bundle's hidden tests, a signing key."""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch import Job, Place
from grader.errors import UsageError
from grader.files import write_whole
from grader.launch import Launcher
from grader.model import Lab, Report, Status
from grader.report import report_name
from grader.sealing.grading import VisibleChecks

if TYPE_CHECKING:
    from grader.cluster import Cluster
    from grader.sealing.keys import Key


@dataclass(frozen=True, kw_only=True)
class Way:
    """What is graded, how, and what signs it."""

    lab: Lab | None = None
    """The bundle's; None where each notebook names its own."""
    is_open: bool = False
    """Whether hidden tests of a bundle are in memory."""
    signing: "Key | None" = None

    def require_fit(self, place: "Launcher | Cluster") -> None:
        """Raise UsageError for a place where hidden tests could be read, or scores made up."""
        if self.lab is not None and not isinstance(place, Launcher):
            raise UsageError("a bundle is opened on this machine alone, not on a cluster; leave --executor out")
        if not place.isolates and (self.is_open or self.signing):
            raise UsageError("a bundle is opened, and a receipt signed, only where containers isolate; "
                             "see to a Docker engine (docker/engine.sh)")  # fmt: skip

    def choose_place(self, place: "Launcher | Cluster") -> Place:
        """The place, or the visible checks before it where the hidden tests stay sealed."""
        return VisibleChecks(launcher=place) if self.lab and not self.is_open and isinstance(place, Launcher) else place

    def seal(self, jobs: Sequence[Job]) -> list[Job]:
        """The jobs, marked where hidden tests of a bundle may not reach the disk."""
        return [replace(job, is_sealed=self.is_open) for job in jobs]

    def forget(self, jobs: Sequence[Job], folder: Path) -> None:
        """Remove reports of earlier runs where a score is to be trusted: a learner's checkout may hold made-up ones."""
        if self.lab is None and self.signing is None:
            return
        try:
            for job in jobs:
                for suffix in (".json", ".receipt.json"):
                    (folder / f"{report_name(job.submission)}{suffix}").unlink(missing_ok=True)
        except OSError as error:
            raise UsageError(
                f"{folder}: what is there cannot be removed: {error.strerror}; name another --out"
            ) from error

    def write_receipts(self, reports: Sequence[Report], folder: Path) -> None:
        """A signed receipt beside each graded report, NAME.receipt.json. Raises UsageError."""
        if self.signing is None:
            return
        from grader.sealing.receipt import sign_report  # noqa: PLC0415 - cryptography is an extra

        for report in reports:
            if report.status is Status.GRADED:
                file = folder / f"{report_name(report.submission)}.receipt.json"
                write_whole({file: sign_report(report, self.signing)}, mend="make room, and run the same command again")


def choose_way(bundle: Path | None, lab_id: str | None, sign: str | None) -> Way:
    """The way that these options ask for; keys are read and the bundle is opened, so that what fails does so here.

    Raises UsageError.
    """
    if bundle is None and sign is None:
        return Way()
    require_cryptography()
    from grader.sealing.bundle import open_where_key  # noqa: PLC0415 - cryptography is an extra
    from grader.sealing.keys import Use, read_key  # noqa: PLC0415

    signing = read_key(Use.SIGN, sign) if sign is not None else None
    if bundle is None:
        return Way(signing=signing)
    lab, is_open = open_where_key(bundle)
    if lab_id not in {None, lab.id}:
        raise UsageError(f"{bundle}: packed of lab {lab.id}, not {lab_id}; name the right one of the two")
    return Way(lab=lab, is_open=is_open, signing=signing)


def require_cryptography() -> None:
    """Raise UsageError where the library that encrypts and signs is not installed."""
    if importlib.util.find_spec("cryptography") is None:
        raise UsageError("cryptography is not installed here; run: pip install 'pivotlab[ci]'")
