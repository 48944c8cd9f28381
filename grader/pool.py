"""Starts learners' sandboxes ahead of need: a clean one is there, its imports done, when a submission comes.

Each is used once. Nobody can tell it from one that was started when it was asked for, but by the time.
"""

import threading
from collections import defaultdict, deque
from concurrent.futures import Future, ThreadPoolExecutor

from grader.errors import SandboxError
from grader.model import Lab, Limits
from grader.notebook import imports_of
from grader.sandbox import Role, Sandbox, Start

_STARTED_AT_ONCE = 2

Need = tuple[Limits, tuple[str, ...]]


class Pool:
    """At most `size` sandboxes that are there before they are asked for; `start` is a Start as any other."""

    def __init__(self, start: Start, *, size: int) -> None:
        self._start = start
        self._size = size
        self._expected: deque[Need] = deque()
        self._ahead: dict[Need, deque[Future[Sandbox]]] = defaultdict(deque)
        self._lock = threading.Lock()
        self._starters = ThreadPoolExecutor(max_workers=_STARTED_AT_ONCE, thread_name_prefix="ahead")

    def expect(self, lab: Lab) -> None:
        """A learner's sandbox of this lab will be asked for: start it as soon as there is room."""
        with self._lock:
            self._expected.append((lab.limits, imports_of(lab)))
            self._fill()

    def start(self, role: Role, limits: Limits, imports: tuple[str, ...] = ()) -> Sandbox:
        """One that is there or is being started, or else a new one. Raises SandboxError."""
        need = (limits, imports)
        with self._lock:
            started = self._ahead[need].popleft() if role is Role.LEARNER and self._ahead[need] else None
            if started is None and role is Role.LEARNER and need in self._expected:
                self._expected.remove(need)
            self._fill()
        return self._start(role, limits, imports) if started is None else started.result()

    def close(self) -> None:
        """Close what was not asked for, and start no more."""
        with self._lock:
            self._expected.clear()
            left = [future for started in self._ahead.values() for future in started]
            self._ahead.clear()
        self._starters.shutdown(wait=True, cancel_futures=True)
        for future in left:
            if not future.cancelled() and not isinstance(future.exception(), SandboxError):
                future.result().close()

    def _fill(self) -> None:
        while self._expected and sum(map(len, self._ahead.values())) < self._size:
            limits, imports = self._expected.popleft()
            started = self._starters.submit(self._start, Role.LEARNER, limits, imports)
            self._ahead[limits, imports].append(started)
