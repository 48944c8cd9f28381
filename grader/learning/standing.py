"""Where a learner stands: per lab and per path, from the records; it reads no file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grader.learning.records import Deed, Record, best_test, last_check
from grader.model import Lab

DONE_SHARE = 0.8
"""What share of a lab's points, or of its visible checks, shows that its skills are there."""


class Stage(StrEnum):
    """How far a learner is with a lab."""

    NEW = "new"
    STARTED = "started"
    SUBMITTED = "handed in"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A lab, and where the learner stands with it."""

    lab: Lab
    stage: Stage
    best: Record | None
    check: Record | None
    last: Record | None
    is_shown: bool
    """Whether the lab's skills are: by its hidden tests, or handed in with visible checks that pass."""

    @property
    def said(self) -> str:
        """In a few words: the best score and its date, else the last that was done."""
        if self.best is not None:
            return f"{self.best.earned:g} / {self.best.possible:g} on {self.best.at:%Y-%m-%d}"
        if self.last is None:
            return "-"
        checks = f", {self.check.earned:g} of {self.check.possible:g} checks pass" if self.check is not None else ""
        return f"{self.stage} {self.last.at:%Y-%m-%d}{checks}"


def read_standing(lab: Lab, records: Sequence[Record]) -> Standing:
    """Where the learner stands with a lab."""
    mine = [record for record in records if record.lab == lab.id]
    best = best_test(mine, lab.id)
    if best is not None and _passes(best):
        stage = Stage.DONE
    elif any(record.deed is Deed.SUBMITTED for record in mine):
        stage = Stage.SUBMITTED
    else:
        stage = Stage.STARTED if mine else Stage.NEW
    handed_in = [record for record in mine if record.deed is Deed.SUBMITTED]
    return Standing(
        lab=lab, stage=stage, best=best, check=last_check(mine, lab.id), last=mine[-1] if mine else None,
        is_shown=stage is Stage.DONE or any(map(_passes, handed_in)),
    )  # fmt: skip


def skills_gained(standings: Sequence[Standing]) -> list[str]:
    """The skills that are shown, each once, in the order of the labs; a blank that is handed in shows none."""
    return list(dict.fromkeys(skill for standing in standings if standing.is_shown for skill in standing.lab.skills))


def next_lab(paths: Mapping[str, Sequence[Standing]]) -> Standing | None:
    """The lab to go on with: of the path that was last worked on the first that is neither handed in nor done."""
    worked = [path for path, standings in paths.items() if any(standing.last for standing in standings)]
    newest = max(worked, key=lambda path: max(one.last.at for one in paths[path] if one.last), default=None)
    order = [newest] if newest else []
    for path in [*order, *(path for path in paths if path != newest)]:
        for standing in paths[path]:
            if standing.stage in {Stage.NEW, Stage.STARTED}:
                return standing
    return None


def _passes(record: Record) -> bool:
    return record.earned >= DONE_SHARE * record.possible
