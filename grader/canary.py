"""Tells a sick machine from a bad answer: what is known to be good must come through the same conditions."""

import logging

from grader.conversation import converse
from grader.errors import LabError, SandboxError
from grader.judges import Judges
from grader.model import Lab, Outcome, Submission
from grader.notebook import fill
from grader.sandbox import Start
from grader.submission import rebuild

_REASON_CHARACTERS = 500
_log = logging.getLogger(__name__)


def send_canary(lab: Lab, start: Start, judges: Judges | None = None) -> None:
    """Return when the lab's own answers earn full marks here and now.

    Raises SandboxError when they end as abnormally as what was graded before: then the machine is at fault. Raises
    LabError when they come to their end and a hidden test does not pass.
    """
    own = Submission(id="canary", learner="canary", lab_id=lab.id, notebook=fill(lab.notebook, lab.reference))
    try:
        said = converse(lab, rebuild(lab, own).cells, start, judges=judges, told={})
    except SandboxError as error:
        raise SandboxError(f"the lab's own answers cannot be run either: {error}") from error
    if said.is_abnormal:
        reasons = [run.reason for run in said.runs]
        reasons += [f"{one.reason}. {one.detail}" for one in said.reported.values() if one.reason]
        raise SandboxError(
            "the lab's own answers end like this too, so nothing is held against the submission; see what else runs on "
            f"this machine, or mend the lab: {next(filter(None, reasons), '')[:_REASON_CHARACTERS]}"
        )
    passed = {name for name, one in said.reported.items() if one.outcome is Outcome.PASSED}
    failed = [test.name for test in lab.tests() if test.name not in passed]
    if failed:
        raise LabError(f"{lab.id}: its own answers do not pass {', '.join(failed)}; mend the lab")
    _log.info("the canary came back: what ended abnormally is the submission's doing")
