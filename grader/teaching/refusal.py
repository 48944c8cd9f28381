"""Keeps nbgrader's own autograder from a course: it would run learners' code on the instructor's machine."""

from typing import Any, NoReturn

from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor


class RefuseToRun(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """What nbgrader_config.py has in the place of nbgrader's first step; no later step is reached."""

    def preprocess(self, _nb: Any, _resources: Any) -> NoReturn:
        """Raise NbGraderException with the command that grades."""
        raise NbGraderException("nbgrader would run this code right here; run: pivotlab course grade")
