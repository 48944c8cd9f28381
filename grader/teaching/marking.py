"""How what was graded of an assignment is written down: which cell holds which points, and what a person grades."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.model import Lab, Report, Result
from grader.teaching.assignment import Notebook, build_assignment, grade_cell, written_cells


@dataclass(frozen=True, kw_only=True)
class Marking:
    """An assignment as it is graded and as the gradebook has it."""

    lab: Lab
    notebook: Notebook
    """As learners got it; what the lab's has more than it is nobody's to see."""
    cell_of: Mapping[str, str]
    """The cell that holds its points, by hidden test."""
    by_hand: tuple[str, ...]
    """Cells that a person grades."""
    withheld: Mapping[str, str] = field(default_factory=dict)
    """Cells with tests that cannot be run, and why: a person may grade these."""
    weaker: tuple[str, ...] = ()
    """Cells with tests that the learner's own process runs, as the instructor allows."""

    def results(self, report: Report) -> dict[str, list[Result]]:
        """What came of the tests of each cell."""
        found: dict[str, list[Result]] = {cell: [] for cell in self.cell_of.values()}
        for result in report.results:
            found[self.cell_of[result.test]].append(result)
        return found

    def earned(self, report: Report) -> dict[str, float]:
        """Points by cell."""
        return {cell: sum(one.earned for one in results) for cell, results in self.results(report).items()}


def mark_lab(lab: Lab) -> Marking:
    """How a lab of ours is written down."""
    notebook = build_assignment(lab)
    cell_of = {test.name: grade_cell(exercise.id) for exercise in lab.exercises for test in exercise.tests}
    return Marking(lab=lab, notebook=notebook, cell_of=cell_of, by_hand=tuple(written_cells(notebook)))
