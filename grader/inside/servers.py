"""Programs that a hidden test starts in the learner's sandbox, and the requests that it sends them."""

import http.client
import subprocess
import time
from typing import Any

_WAIT_SECONDS = 0.05


class Servers:
    """Child processes by port, each reachable on the sandbox's own loopback only."""

    def __init__(self) -> None:
        self._running: dict[int, subprocess.Popen[bytes]] = {}

    def start(self, request: dict[str, Any]) -> int:
        """Start a command and wait until its port takes connections; the port.

        Raises RuntimeError when the command ends before that. The question's deadline bounds the wait.
        """
        port = int(request["port"])
        # The learner's sandbox is where the learner's code runs, so a command adds nothing to what it can do.
        process = subprocess.Popen(request["command"], stdin=subprocess.DEVNULL)
        self._running[port] = process
        while not _listens(port):
            if process.poll() is not None:
                raise RuntimeError(f"{request['command'][0]} ended with exit code {process.returncode}")
            time.sleep(_WAIT_SECONDS)
        return port

    def request(self, request: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of one HTTP request to a server that was started."""
        connection = http.client.HTTPConnection("127.0.0.1", int(request["port"]))
        try:
            connection.request(request["method"], request["path"], request["body"], request["headers"])
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()


def _listens(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        connection.connect()
    except OSError:
        return False
    connection.close()
    return True
