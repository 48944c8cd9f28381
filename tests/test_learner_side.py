"""The host's side of the learner's sandbox: what it believes of an answer's header."""

import json
import struct

import pytest

from grader.inside.wire import Buffer, pack
from grader.learner_side import Gone, LearnerSide
from grader.model import Lab, Outcome
from grader.sandbox import Ending


class Scripted:
    """A sandbox that answers what a hidden test asks with one header, under the right id."""

    def __init__(self, header: dict[str, object]) -> None:
        self._header = header
        self._answers = b""

    def send(self, data: Buffer, seconds: float) -> None:
        length, _ = struct.unpack_from(">II", data)
        asked = json.loads(bytes(data[8 : 8 + length]))
        told = self._header if asked["kind"] == "ask" else {"state": "ready"}
        self._answers += pack({"reason": ""} | told | {"id": asked["id"]}, b"[]")

    def receive(self, size: int, seconds: float) -> bytes:
        taken, self._answers = self._answers[:size], self._answers[size:]
        return taken

    def ending(self) -> Ending:
        return Ending(code=None)

    def close(self) -> None:
        pass


@pytest.mark.parametrize(
    ("cpu_seconds", "was_idle"),
    [(4.9, False), (2.6, False), (2.4, True), (0, True), (None, True), ("all of it", True), ([9], True)],
)
def test_a_late_process_was_idle_unless_it_says_that_it_computed(lab: Lab, cpu_seconds: object, was_idle: bool) -> None:
    late: dict[str, object] = {"state": "timeout", "cpu_seconds": cpu_seconds}
    learner = LearnerSide(lambda _role, _limits, _imports=(): Scripted(late), with_five_seconds(lab), (), told={})
    with pytest.raises(Gone) as gone:
        learner.ask(bytearray())
    assert (gone.value.outcome, learner.was_idle) == (Outcome.TIMEOUT, was_idle)


def with_five_seconds(lab: Lab) -> Lab:
    return lab.model_copy(update={"limits": lab.limits.model_copy(update={"question_seconds": 5})})
