"""Hands in links, pipes, sockets, folders, empty and huge files in the place of notebooks, beside two honest ones."""

import os
import socket
from pathlib import Path

SUITE = Path(__file__).resolve().parents[2]
HUGE = 3 * 1024**3
"""Bytes of a file that has none on the disk."""


def place(folder: Path, notebook: bytes) -> None:
    neighbour = folder / "neighbour" / "work.ipynb"
    neighbour.parent.mkdir()
    neighbour.write_bytes(notebook)
    links = {
        "of-the-neighbour": "neighbour/work.ipynb",
        "of-the-machine": "/etc/passwd",
        "of-the-tests": SUITE / "target" / "range" / "01-target" / "hidden" / "test_target.py",
        "up": "../handed-in/neighbour/work.ipynb",
        "of-a-link": "up.ipynb",
        "of-a-running-process": "/proc/self/environ",
    }
    for name, target in links.items():
        (folder / f"{name}.ipynb").symlink_to(target)
    # None of these is a file: whoever opens them waits for ever, reads without end, or walks in circles.
    (folder / "to-nowhere.ipynb").symlink_to("nowhere")
    (folder / "to-itself.ipynb").symlink_to("to-itself.ipynb")
    (folder / "endless.ipynb").symlink_to("/dev/zero")
    (folder / "folder-elsewhere").symlink_to(SUITE / "target" / "range" / "01-target", target_is_directory=True)
    (folder / "circle").symlink_to("..", target_is_directory=True)
    os.mkfifo(folder / "pipe.ipynb")
    _leave_socket(folder / "socket.ipynb")
    (folder / "folder.ipynb").mkdir()
    (folder / "folder.ipynb" / "within.ipynb").write_bytes(notebook)
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "older.ipynb").write_bytes(notebook)
    os.link(neighbour, folder / "same-file.ipynb")
    (folder / "empty.ipynb").touch()
    with (folder / "huge.ipynb").open("wb") as file:
        file.truncate(HUGE)


def _leave_socket(path: Path) -> None:
    # Its path may be longer than a socket's address, so it is made from within its folder's descriptor.
    descriptor = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"/proc/self/fd/{descriptor}/{path.name}")
    os.close(descriptor)
