"""A sandbox's own end of the stream to the host; what the frames mean is others' business."""

import os
from pathlib import Path

from grader.inside.values import Bounds, decode
from grader.inside.wire import Header, Reader, split

Body = bytes | bytearray
# The host is trusted, and a lab's data may be large.
_HOST_BYTES = 1 << 30


class Uplink:
    """Frames from and to the host, or whoever hands them on, over two descriptors."""

    def __init__(self, inlet: int, outlet: int) -> None:
        self.inlet = inlet
        self._outlet = outlet
        self._reader = Reader(lambda size: os.read(inlet, size), body_bytes=_HOST_BYTES)

    def receive(self) -> tuple[Header, bytearray] | None:
        """The next frame; None when the host hung up."""
        return self._reader.read()

    def send(self, header: Header, body: Body = b"") -> None:
        """Send one frame, whole."""
        for part in split(header, body):
            view = memoryview(part)
            while view:
                view = view[os.write(self._outlet, view) :]

    def close(self) -> None:
        """Close both ends of this process; others that have them keep theirs."""
        os.close(self.inlet)
        os.close(self._outlet)


def take_over_standard_streams() -> Uplink:
    """The uplink over the standard input and output that the process began with, which then lead nowhere and to stderr.

    What reads standard input from now on finds its end, and what is printed is no frame.
    """
    uplink = Uplink(os.dup(0), os.dup(1))
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - its descriptor is what is wanted
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return uplink


def write_files(body: Body) -> None:
    """Put files that the host sent, by path, into the work folder."""
    for name, content in decode(body, bounds=Bounds(body_bytes=_HOST_BYTES)).items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
