"""One conversation between the two sandboxes: the notebook runs, the hidden tests ask; it counts no points."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from grader.judge_side import IsDecided, Reported, is_never_decided
from grader.judges import Judges
from grader.learner_side import Gone, LearnerSide
from grader.model import CellRun, Lab
from grader.sandbox import Start
from grader.submission import Cell

JUDGES = 3
"""How many judges one submission may use up with answers that no test can work with."""


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """What came of one: by test what the judge reported, and what became of each cell."""

    reported: dict[str, Reported]
    runs: tuple[CellRun, ...]
    was_idle: bool
    """Whether a deadline passed while nothing was computed, as on a machine that has too much to do."""

    @property
    def is_abnormal(self) -> bool:
        """Whether something ended that an answer, right or wrong, does not end."""
        endings = [one.outcome.value for one in self.reported.values()] + [run.state for run in self.runs]
        return not {"timeout", "crashed"}.isdisjoint(endings)


def converse(  # noqa: PLR0913 - two of what is talked about, three of how
    lab: Lab,
    cells: tuple[Cell, ...],
    start: Start,
    *,
    judges: Judges | None = None,
    told: dict[str, CellRun],
    last_try: bool = False,
    patience: float = 1,
    is_decided: IsDecided = is_never_decided,
) -> Conversation:
    """One whole conversation, deadlines of the learner's side times `patience`. Raises SandboxError, LabError.

    Without `judges`, a judge is made for it alone.

    `told` holds by id what a learner is told of each cell, from earlier conversations about the same submission too.

    On the last try, a learner's sandbox that was ended from outside counts as one that the notebook ended.
    """
    learner = LearnerSide(start, lab, cells, told=told, last_try=last_try, patience=patience)
    judges = judges or Judges(start)
    with ThreadPoolExecutor(max_workers=2, thread_name_prefix="beside") as beside:
        notebook = beside.submit(_run_notebook, learner)
        reported: dict[str, Reported] = {}
        try:
            for judges_left in reversed(range(JUDGES)):
                judge, is_done = judges.take(lab), False
                try:
                    notebook.result()
                    is_done = judge.judge(lab, learner, reported, is_decided)
                finally:
                    # A sandbox takes a tenth of a second to remove, so this goes beside what comes next.
                    beside.submit(judges.give_back, judge, is_fit=is_done)
                if is_done:
                    break
                if not judges_left:
                    judge.give_up(reported)
        finally:
            notebook.exception()
            learner.close()
    return Conversation(reported=reported, runs=learner.runs(), was_idle=learner.was_idle)


def _run_notebook(learner: LearnerSide) -> None:
    try:
        learner.run_notebook()
    except Gone:
        # The tests will hear of it: each question starts with an attempt to run the notebook.
        return
