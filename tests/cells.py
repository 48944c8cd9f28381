"""Runs a cell in a learner's sandbox without a judge, for tests that look around in there."""

import json
import uuid
from typing import Any

from grader.channel import Channel
from grader.inside.values import encode
from grader.model import Limits
from grader.sandbox import Role, Start

MEBIBYTE = 1 << 20


def open_channel(sandbox: Any) -> Channel:
    """A learner's sandbox that is set up and has run nothing."""
    channel = Channel(sandbox)
    told = {"kind": "setup", "id": "set-up", "generation": 1, "output_bytes": MEBIBYTE, "answer_bytes": MEBIBYTE}
    channel.send(told, encode({}), seconds=30)
    channel.receive_answer("set-up", seconds=60, limit=MEBIBYTE)
    return channel


def run_cell(channel: Channel, source: str) -> str:
    """What a cell prints."""
    asked = uuid.uuid4().hex
    channel.send({"kind": "cell", "id": asked, "cell": "look", "seconds": 30}, source.encode(), seconds=30)
    header, body = channel.receive_answer(asked, seconds=60, limit=8 * MEBIBYTE)
    outputs = json.loads(body.decode())
    assert header["state"] == "ran", outputs
    return "".join(output.get("text", "") for output in outputs)


def run_in(start: Start, source: str, imports: tuple[str, ...]) -> str:
    channel = open_channel(start(Role.LEARNER, Limits(), imports))
    try:
        return run_cell(channel, source)
    finally:
        channel.close()
