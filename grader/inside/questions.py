"""What a hidden test may ask of the learner's process: names, calls, attributes, code, servers, files."""

import ast
import builtins
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.inside.moments import moment
from grader.inside.servers import Servers
from grader.inside.values import Bounds, decode, encode
from grader.inside.wire import WireError

Request = dict[str, Any]
_TEXT_CHARACTERS = 4_000
_NAME_CHARACTERS = 120


class Questions:
    """Answers requests from the names that the cells left, and keeps what cannot cross the wire by reference."""

    def __init__(self, names: dict[str, Any], *, generation: int, bounds: Bounds) -> None:
        self._names = names
        self._generation = generation
        self._bounds = bounds
        self._referred: list[object] = []
        self._servers = Servers()
        self._doers: dict[str, Callable[[Request], object]] = {
            "get": lambda request: self._name(request["name"]),
            "call": self._call,
            "apply": self._apply,
            "moment": lambda request: moment(self._names, request["cell"], request["name"]),
            "attribute": lambda request: getattr(request["of"], request["name"]),
            "run": self._run,
            "start": self._servers.start,
            "request": self._servers.request,
            "read": lambda request: Path(request["path"]).read_bytes(),
        }

    def answer(self, body: bytes | bytearray) -> tuple[str, str, bytes]:
        """State, reason and encoded value of the answer; what the learner's code raises is an answer too."""
        try:
            request = decode(body, resolve=self._resolve, bounds=self._bounds)
            value = self._doers[request["do"]](request)
            return "value", "", encode(value, refer=self._refer, bounds=self._bounds)
        except Exception as error:  # noqa: BLE001 - the learner's code may raise anything
            return "raised", "", self._describe(error)
        except SystemExit as error:
            return "raised", "", self._describe(error)

    def _describe(self, error: BaseException) -> bytes:
        kind = "AnswerError" if isinstance(error, WireError) else type(error).__name__
        told = (kind[:_NAME_CHARACTERS], str(error)[:_TEXT_CHARACTERS], traceback.format_exc()[-_TEXT_CHARACTERS:])
        return encode(told, bounds=self._bounds)

    def _name(self, name: str) -> object:
        if name not in self._names:
            raise NameError(f"the notebook defines no {name}")
        return self._names[name]

    def _call(self, request: Request) -> object:
        target = request["target"]
        function: Any = self._name(target) if isinstance(target, str) else target
        return function(*request["args"], **request["kwargs"])

    def _apply(self, request: Request) -> object:
        """What came of a call, with its arguments as it left them; what it raised is told by Python's own kinds."""
        answer: object = None
        raised: object = None
        try:
            answer = self._call(request)
        except Exception as error:  # noqa: BLE001 - the learner's code may raise anything
            kinds = [kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins"]
            raised = (kinds, str(error)[:_TEXT_CHARACTERS])
        return {"answer": answer, "raised": raised, "args": request["args"], "kwargs": request["kwargs"]}

    def _run(self, request: Request) -> object:
        """Run code beside the learner's names; the value of its last line, when that is an expression.

        The given values are names only while it runs.
        """
        values: dict[str, Any] = request["values"]
        hidden = {name: self._names[name] for name in values if name in self._names}
        self._names.update(values)
        try:
            return _run_code(request["code"], self._names)
        finally:
            for name in values:
                self._names.pop(name, None)
            self._names.update(hidden)

    def _refer(self, value: object) -> dict[str, Any]:
        self._referred.append(value)
        kind = f"{type(value).__module__}.{type(value).__qualname__}"[:_NAME_CHARACTERS]
        return {"id": f"{self._generation}-{len(self._referred) - 1}", "type": kind}

    def _resolve(self, reference: dict[str, Any]) -> object:
        generation, _, index = str(reference["id"]).partition("-")
        if int(generation) != self._generation:
            raise WireError("that object was lost when the sandbox was started anew")
        return self._referred[int(index)]


def _run_code(code: str, names: dict[str, Any]) -> object:
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    # The code is the lab author's, and the process is the learner's: nothing is given away that was not there.
    builtins.exec(compile(tree, "<the lab's question>", "exec"), names)  # noqa: S102
    if isinstance(last, ast.Expr):
        return builtins.eval(compile(ast.Expression(last.value), "<the lab's question>", "eval"), names)  # noqa: S307
    return None
