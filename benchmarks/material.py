"""What is measured: three labs, their full-marks submission as a notebook, and the same cells as a plain script."""

import json
from dataclasses import dataclass
from pathlib import Path

from grader.labs import default_folder, load_lab
from grader.model import HiddenTest, Lab, Submission
from grader.notebook import fill
from grader.submission import rebuild

LABS = {
    "pandas": "sysadmin-to-mlops/01-telemetry-features",
    "scikit-learn": "backend-to-ai/01-preprocessing-contract",
    "torch and MLflow": "engineer-to-nlp-cv/08-capstone-inspection",
}
LAB_OF_BATCHES = "scikit-learn"


@dataclass(frozen=True, kw_only=True)
class Material:
    """One lab and its own answers."""

    lab: Lab
    submission: Submission

    @property
    def script(self) -> str:
        """The cells that a grading runs, one after the other; what they display is made and not shown."""
        cells = "\n\n".join(cell.source for cell in rebuild(self.lab, self.submission).cells)
        return f"def display(*_): pass\n\n{cells}\n"

    @property
    def lab_of_checks(self) -> Lab:
        """The lab with its visible checks in place of its hidden tests: what the others run of it."""
        cells = json.loads(self.lab.notebook)["cells"]
        checks = {cell["metadata"].get("pivotlab", {}).get("check"): "".join(cell["source"]) for cell in cells}
        tests = [f"def test_{name}(notebook):\n    notebook.run({checks[name]!r})\n" for name in checks if name]
        exercises = tuple(
            exercise.model_copy(
                update={"tests": (HiddenTest(name=f"test_{exercise.id}", points=1, title="The visible check passes"),)}
            )
            for exercise in self.lab.exercises
        )
        return self.lab.model_copy(
            update={"hidden": {"test_checks.py": "\n".join(tests).encode()}, "exercises": exercises}
        )

    def hand_in(self, folder: Path, count: int) -> None:
        """The submission as so many files."""
        folder.mkdir(parents=True)
        for number in range(count):
            (folder / f"s{number:03}.ipynb").write_bytes(self.submission.notebook)

    def put_data(self, folder: Path) -> None:
        """The lab's files, where its cells look for them."""
        for name, content in self.lab.data.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)


def load(kind: str) -> Material:
    """The lab of a kind, with its own answers."""
    lab = load_lab(default_folder(), LABS[kind])
    notebook = fill(lab.notebook, lab.reference)
    return Material(lab=lab, submission=Submission(id="own", learner="own", lab_id=lab.id, notebook=notebook))
