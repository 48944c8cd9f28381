"""What a hidden test holds in its hands: the learner's notebook and objects, reached by questions.

Everything that comes back is data compared here, or a Reference to an object that stayed where it is.
"""

import json
from collections.abc import Callable
from typing import Any, NoReturn

# pytest leaves the frames of this module out of what it shows of a failed test.
__tracebackhide__ = True

Ask = Callable[[dict[str, Any]], Any]
"""Sends one request to the learner's sandbox and returns the answer, or raises LearnerError or LearnerGone."""


class LearnerError(Exception):
    """The learner's code raised; `type` and `message` are what it said, for the instructor's eyes only."""

    def __init__(self, kind: str, message: str, trace: str) -> None:
        super().__init__(f"{kind}: {message}\n{trace}")
        self.type = kind
        self.message = message


class LearnerGone(Exception):  # noqa: N818 - it is no error of anybody's code
    """The learner's process ended or was late; the host knows more, and has the last word on the outcome."""


class Reference:
    """An object in the learner's sandbox: call it, or ask for its attributes; `ref == other` compares identity."""

    def __init__(self, ask: Ask, reference: dict[str, Any]) -> None:
        self._ask = ask
        self._reference = reference

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What the object returns for these arguments."""
        return self._ask({"do": "call", "target": self, "args": args, "kwargs": kwargs})

    def __getattr__(self, name: str) -> Any:
        """The object's attribute, as data where it is data; names with a leading underscore stay there."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self._ask({"do": "attribute", "of": self, "name": name})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Reference):
            raise self._refusal("compared with a value")
        return bool(self._reference["id"] == other._reference["id"])

    def __hash__(self) -> int:
        return hash(self._reference["id"])

    def __bool__(self) -> NoReturn:
        raise self._refusal("tested for truth")

    def __repr__(self) -> str:
        return f"<reference to a {self._reference.get('type')} in the learner's sandbox>"

    def _refusal(self, what: str) -> TypeError:
        return TypeError(f"{self!r} cannot be {what}: ask it for data, such as an attribute or a call's result")


class Function:
    """A name of the notebook that has not been asked for yet; calling it is one question."""

    def __init__(self, ask: Ask, name: str) -> None:
        self._ask = ask
        self._name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What the learner's function returns for these arguments."""
        return self._ask({"do": "call", "target": self._name, "args": args, "kwargs": kwargs})


class Notebook:
    """The learner's notebook after its cells have run.

    `notebook.name(...)` calls a function, `notebook["name"]` fetches any name.
    """

    def __init__(self, ask: Ask, cells: dict[str, dict[str, Any]]) -> None:
        self._ask = ask
        self._cells = cells

    def __getattr__(self, name: str) -> Function:
        """The learner's function of that name, to be called."""
        if name.startswith("_"):
            raise AttributeError(name)
        return Function(self._ask, name)

    def __getitem__(self, name: str) -> Any:
        """The value of a name, or a Reference to it."""
        return self._ask({"do": "get", "name": name})

    def run(self, code: str, **values: Any) -> Any:
        """The value of the code's last expression, run beside the learner's objects with these names added."""
        return self._ask({"do": "run", "code": code, "values": values})

    def source(self, exercise: str) -> str:
        """The text of an exercise's cell."""
        return str(self._cells[exercise]["source"])

    def outputs(self, exercise: str) -> list[dict[str, Any]]:
        """What an exercise's cell showed when it ran, as nbformat 4 outputs."""
        return list(self._cells[exercise]["outputs"])


class Response:
    """An HTTP response from a server in the learner's sandbox."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status_code = status
        self.headers = headers
        self.content = body

    def json(self) -> Any:
        """The body as JSON. Raises ValueError when it is not."""
        return json.loads(self.content)


class Server:
    """A program that listens in the learner's sandbox."""

    def __init__(self, ask: Ask, port: int) -> None:
        self._ask = ask
        self._port = port

    def get(self, path: str) -> Response:
        """The response to a GET."""
        return self._send("GET", path, None)

    def post(self, path: str, *, json: Any) -> Response:
        """The response to a POST of a JSON document."""
        return self._send("POST", path, _to_json(json))

    def _send(self, method: str, path: str, body: str | None) -> Response:
        headers = {"Content-Type": "application/json"} if body is not None else {}
        return Response(*self._ask(
            {"do": "request", "port": self._port, "method": method, "path": path, "body": body, "headers": headers}
        ))  # fmt: skip


class Machine:
    """The learner's sandbox itself: its files, and programs started in it."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def start(self, command: list[str], *, port: int) -> Server:
        """A server, once it takes connections; the question's deadline bounds the wait."""
        return Server(self._ask, self._ask({"do": "start", "command": command, "port": port}))

    def read(self, path: str) -> bytes:
        """A file that the learner's code left, relative to the work folder."""
        return bytes(self._ask({"do": "read", "path": path}))


_to_json = json.dumps
