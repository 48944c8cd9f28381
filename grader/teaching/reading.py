"""Reads a cohort's notebooks for comparison: the last of each learner, by lab; what is none is told and left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.batch import find_notebooks
from grader.errors import RejectedError
from grader.labs import load_lab
from grader.model import Lab, Submission
from grader.submission import keep_what_runs, read_notebook


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """What was handed in: submissions by lab, and for each file that is none the reason."""

    labs: dict[str, Lab] = field(default_factory=dict)
    submissions: dict[str, list[Submission]] = field(default_factory=dict)
    refused: dict[Path, str] = field(default_factory=dict)


def read_cohort(places: Sequence[Path], labs: Path) -> Cohort:
    """The last notebook of each learner below the places; of one learner's several, the last by name, which is by time.

    Raises UsageError when a place is not there or holds none.
    """
    cohort = Cohort()
    last: dict[tuple[str, str], Submission] = {}
    for file, name in find_notebooks(places):
        learner = name.split("/", maxsplit=1)[0]
        try:
            lab, kept = _read(file, labs, cohort.labs)
        except RejectedError as error:
            cohort.refused[file] = str(error)
            continue
        last[lab.id, learner] = Submission(id=name, learner=learner, lab_id=lab.id, notebook=kept)
    for (lab_id, _), submission in last.items():
        cohort.submissions.setdefault(lab_id, []).append(submission)
    return cohort


def _read(file: Path, labs: Path, known: dict[str, Lab]) -> tuple[Lab, bytes]:
    if file.is_symlink():
        raise RejectedError("it is a link to another file")
    document, _ = read_notebook(file)
    if document.lab_id is None:
        raise RejectedError("it does not say which lab it is of")
    if document.lab_id not in known:
        known[document.lab_id] = load_lab(labs, document.lab_id)
    lab = known[document.lab_id]
    return lab, keep_what_runs(lab, document)
