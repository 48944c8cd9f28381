"""Keeps judges that have collected a lab's hidden tests, for the submissions that come after; it judges nothing."""

import threading
from collections import deque

from grader.judge_side import JudgeSide
from grader.late import read_late
from grader.model import Lab
from grader.sandbox import Start


class Judges:
    """Judges from one image: made where none of the lab is idle, at most `keep` of them idle at a time."""

    def __init__(self, start: Start, *, keep: int = 0) -> None:
        self._start = start
        self._keep = keep
        self._idle: deque[JudgeSide] = deque()
        self._lock = threading.Lock()

    def take(self, lab: Lab) -> JudgeSide:
        """A judge that has collected this lab's hidden tests. Raises LabError, SandboxError; then none is left."""
        while (idle := self._take_idle(lab)) is not None:
            if idle.is_still_there():
                return idle
            idle.close()
        judge = JudgeSide(self._start, lab)
        try:
            judge.collect(read_late() if self._keep else ())
        except BaseException:
            judge.close()
            raise
        return judge

    def give_back(self, judge: JudgeSide, *, is_fit: bool) -> None:
        """Keep a judge that is fit and ready again, if need be in the place of the oldest; else close it."""
        if not (self._keep and is_fit and judge.is_ready_again()):
            judge.close()
            return
        with self._lock:
            self._idle.append(judge)
            dropped = self._idle.popleft() if len(self._idle) > self._keep else None
        if dropped is not None:
            dropped.close()

    def close(self) -> None:
        """Close those that are idle, and keep none any more."""
        with self._lock:
            self._keep = 0
            left, self._idle = self._idle, deque()
        for judge in left:
            judge.close()

    def _take_idle(self, lab: Lab) -> JudgeSide | None:
        with self._lock:
            for judge in self._idle:
                if judge.serves(lab):
                    self._idle.remove(judge)
                    return judge
        return None
