"""The channel: every wait bounded, every byte counted, only the asked-for answer taken."""

import pytest

from grader.channel import Channel, Closed, Garbled, Late
from grader.inside.wire import Buffer, pack
from grader.sandbox import Ending


class Scripted:
    """A sandbox that says what it was told to say, and then nothing, or its end."""

    def __init__(self, said: bytes, *, ends: bool = False) -> None:
        self.said = said
        self.heard = b""
        self.parts: list[tuple[Buffer, float]] = []
        self.ends = ends

    def send(self, data: Buffer, seconds: float) -> None:
        if self.ends:
            raise EOFError
        self.heard += data
        self.parts.append((data, seconds))

    def receive(self, size: int, seconds: float) -> bytes:
        if not self.said and not self.ends:
            raise TimeoutError
        data, self.said = self.said[:size], self.said[size:]
        return data

    def ending(self) -> Ending:
        return Ending(code=0)

    def close(self) -> None:
        self.said = b""


def test_an_answer_is_taken_by_its_id_and_others_are_nothing() -> None:
    said = pack({"id": "a"}, b"early") + pack({}, b"none") + pack({"id": "b"}, b"right")
    _, body = Channel(Scripted(said)).receive_answer("b", seconds=1, limit=1_000)
    assert body == b"right"


def test_silence_is_late() -> None:
    with pytest.raises(Late):
        Channel(Scripted(b"")).receive(seconds=0.1, limit=10)


def test_an_endless_stream_of_other_answers_is_cut_off() -> None:
    with pytest.raises(Garbled, match="more bytes"):
        Channel(Scripted(pack({"id": "a"}) * 10_000)).receive_answer("b", seconds=5, limit=1_000)


def test_no_time_left_is_late_even_while_bytes_come() -> None:
    with pytest.raises(Late):
        Channel(Scripted(pack({"id": "a"}))).receive(seconds=0, limit=1_000)


@pytest.mark.parametrize("said", [b"", pack({"id": "a"}, b"body")[:-1], pack({"id": "a"})[:3]])
def test_a_stream_that_ends_is_closed_wherever_it_ends(said: bytes) -> None:
    with pytest.raises(Closed):
        Channel(Scripted(said, ends=True)).receive(seconds=1, limit=1_000)


@pytest.mark.parametrize("said", [b"HTTP/1.1 200 OK\r\n", b"\0\0\0\2\0\0\0\0[]", pack({"id": "a"}, b"x" * 2_000)])
def test_what_is_no_frame_or_too_long_is_garbled(said: bytes) -> None:
    with pytest.raises(Garbled):
        Channel(Scripted(said)).receive(seconds=1, limit=1_000)


def test_sending_to_what_ended_is_closed() -> None:
    with pytest.raises(Closed):
        Channel(Scripted(b"", ends=True)).send({"id": "a"}, seconds=1)


def test_a_small_frame_is_sent_in_one_piece() -> None:
    sandbox = Scripted(b"")
    Channel(sandbox).send({"id": "a"}, b"body", seconds=1)
    assert [data for data, _ in sandbox.parts] == [pack({"id": "a"}, b"body")]


def test_a_large_body_is_sent_uncopied_and_within_the_same_time() -> None:
    sandbox, body = Scripted(b""), bytearray(1_000_000)
    Channel(sandbox).send({"id": "a"}, body, seconds=1)
    assert sandbox.heard == pack({"id": "a"}, body)
    assert sandbox.parts[-1][0] is body
    assert 1 >= sandbox.parts[0][1] >= sandbox.parts[1][1] >= 0
