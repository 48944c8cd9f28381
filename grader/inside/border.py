"""Runs the test cells of an ordinary notebook in the judge; names that are the learner's are asked of the learner.

Only standard library at import: the cells bring what they import. Nothing here takes the learner's word for a verdict.
"""

import builtins
import linecache
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from grader.inside.proxy import Ask, LearnerError, Notebook, Reference
from grader.inside.values import encode
from grader.inside.wire import WireError

# pytest leaves the frames of this module out of what it shows of a failed test.
__tracebackhide__ = True


class Held(Reference):
    """An object of the learner's, as a test cell holds it: calls raise what the learner's code raises.

    What an operator would say of it is the learner's word, so all but these are refused. Its size, its items and its
    text are data that come back and are compared here.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What the object returns for these arguments, which it may have changed."""
        return call(self._ask, self, args, kwargs)

    def __setattr__(self, name: str, value: object) -> None:
        if name not in {"_ask", "_reference"}:
            raise self._refusal("changed")
        super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        """The object's attribute. Raises AttributeError when it has none."""
        if name.startswith("_"):
            raise AttributeError(name)
        return _hold(ask_builtin(self._ask, {"do": "attribute", "of": self, "name": name}))

    def __eq__(self, other: object) -> NoReturn:
        raise self._refusal("compared")

    def __ne__(self, other: object) -> NoReturn:
        raise self._refusal("compared")

    __hash__ = Reference.__hash__

    def __len__(self) -> int:
        return int(_tell(self, "__import__('builtins').len(_held)", int))

    def __getitem__(self, key: object) -> Any:
        return _tell(self, "_held[_key]", object, _key=key)

    def __iter__(self) -> Any:
        return iter(_tell(self, "[*_held]", list))

    def __str__(self) -> str:
        return str(_tell(self, "__import__('builtins').str(_held)", str))


def _tell(held: Held, code: str, kind: type, **values: Any) -> Any:
    """What the code makes of an object, in the learner's sandbox. Raises TypeError when it is of another kind."""
    values = {"_held": held, **values}
    answer = _hold(ask_builtin(held._ask, {"do": "run", "code": code, "values": values}))  # noqa: SLF001 - as below
    if not isinstance(answer, kind):
        raise TypeError(f"{code} is a {type(answer).__name__}")
    return answer


class Names(dict[str, Any]):
    """What the test cells' code sees as its globals: their own names, and the learner's, asked when they are read."""

    def __init__(self, notebook: Notebook, theirs: frozenset[str], shared: frozenset[str]) -> None:
        super().__init__(__name__="__main__", __builtins__=builtins, callable=_is_callable)
        self._notebook = notebook
        self._theirs = theirs
        self._shared = shared
        self._deleted: set[str] = set()
        self._cell = ""
        self._writes_through = False

    def enter_setup(self) -> None:
        """Begin other code of the instructor, which the learner's notebook has run too."""
        self._writes_through = False

    def enter(self, cell: str) -> None:
        """Begin a test cell: the learner's names are again what they were when the notebook came to it."""
        self._cell = cell
        self._writes_through = True
        self._deleted.clear()
        for name in self._theirs & self.keys():
            super().__delitem__(name)

    def __missing__(self, name: str) -> Any:
        if name not in self._theirs:
            raise KeyError(name)
        if name in self._deleted:
            raise NameError(f"name {name!r} is not defined")
        return self.ask({"do": "moment", "cell": self._cell, "name": name})

    def __setitem__(self, name: str, value: Any) -> None:
        super().__setitem__(name, value)
        self._deleted.discard(name)
        if self._writes_through and name in self._shared:
            self.ask({"do": "run", "code": f"{name} = _given", "values": {"_given": value}})

    def __delitem__(self, name: str) -> None:
        if name in self:
            super().__delitem__(name)
        elif name not in self._theirs:
            raise KeyError(name)
        self._deleted.add(name)
        if self._writes_through and name in self._shared:
            self.ask({"do": "run", "code": f"del {name}", "values": {}})

    def ask(self, request: dict[str, Any]) -> Any:
        """The learner's answer, an object of theirs held."""
        return _hold(ask_builtin(self._notebook._ask, request))  # noqa: SLF001 - the same channel


class Border:
    """The instructor's code of one notebook, in its order, as one kernel would run it."""

    def __init__(self, *, parts: Sequence[Mapping[str, str]], theirs: Sequence[str], shared: Sequence[str]) -> None:
        self._parts = parts
        self._theirs = frozenset(theirs)
        self._shared = frozenset(shared)
        self._names: Names | None = None
        self._next = 0

    def run(self, notebook: Notebook, cell: str) -> None:
        """Run a test cell here, after the instructor's other code that comes before it. Raises what it raises."""
        names = self._names = self._names or Names(notebook, self._theirs, self._shared)
        place = self._place(cell)
        for number in range(self._next, place):
            if not self._parts[number]["test"]:
                names.enter_setup()
                _execute(self._parts[number]["text"], f"<setup {number}>", names)
        self._next = max(self._next, place)
        names.enter(cell)
        _execute(self._parts[place]["text"], f"<cell {cell}>", names)

    def run_there(self, notebook: Notebook, cell: str) -> None:
        """Run a test cell in the learner's own process, which can forge that it passes."""
        try:
            notebook.run(f"{self._parts[self._place(cell)]['text']}\nNone")
        except LearnerError as error:
            raise AssertionError(f"cell {cell}, in the learner's process: {error}") from None

    def _place(self, cell: str) -> int:
        return next(number for number, part in enumerate(self._parts) if part["test"] == cell)


def ask_builtin(ask: Ask, request: dict[str, Any]) -> Any:
    """The answer to a request. What the learner's code raised is raised as Python's own exception of that name."""
    try:
        return ask(request)
    except LearnerError as error:
        raise _builtin([error.type], error.message) from error
    except WireError as error:
        raise TypeError(str(error)) from error


def call(ask: Ask, target: Reference, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What a call of the learner's returns; what it did to its arguments is done to them here. Raises as it raised."""
    request = {"do": "apply", "target": target, "args": list(args), "kwargs": kwargs}
    told = ask_builtin(ask, request)
    if not (isinstance(told, dict) and told.keys() == {"answer", "raised", "args", "kwargs"}):
        raise TypeError("the call did not come back")
    after_args, after_kwargs, raised = told["args"], told["kwargs"], told["raised"]
    if isinstance(after_args, list) and len(after_args) == len(args):
        for before, after in zip(args, after_args, strict=True):
            _restore(before, after)
    if isinstance(after_kwargs, dict):
        for name in kwargs.keys() & after_kwargs.keys():
            _restore(kwargs[name], after_kwargs[name])
    if raised is not None:
        kinds, message = raised
        raise _builtin(list(map(str, kinds)), str(message))
    return _hold(told["answer"])


def _is_callable(value: object) -> bool:
    """As the builtin; of an object of the learner's, what they say, for a call will show it."""
    return (
        bool(_tell(value, "__import__('builtins').callable(_held)", bool))
        if isinstance(value, Held)
        else callable(value)
    )


def _hold(answer: Any) -> Any:
    return Held(answer._ask, answer._reference) if type(answer) is Reference else answer  # noqa: SLF001


def _builtin(kinds: Sequence[str], message: str) -> Exception:
    """The first of these that is an exception of Python's own and can be made of a text."""
    for kind in kinds:
        found = getattr(builtins, kind, None)
        if isinstance(found, type) and issubclass(found, Exception):
            try:
                return found(message)
            except TypeError:
                continue
    return LearnerError(kinds[0] if kinds else "Exception", message, "")


def _restore(before: Any, after: Any) -> None:
    """Make an argument what the call left of it, as it would be in one process."""
    if type(before) is not type(after) or isinstance(before, Reference):
        return
    if _is_same(before, after):
        return
    if isinstance(before, list | bytearray):
        before[:] = after
    elif isinstance(before, dict | set):
        before.clear()
        before.update(after)
    elif hasattr(before, "_update_inplace"):
        before._update_inplace(after)  # noqa: SLF001 - pandas has no other way to change a whole table in its place
    elif hasattr(before, "dtype") and getattr(before, "shape", None) == after.shape and before.flags.writeable:
        before[...] = after


def _is_same(before: Any, after: Any) -> bool:
    # As bytes of the wire: `==` of tables and arrays is no truth value, and NaN is not itself.
    try:
        return encode(before) == encode(after)
    except WireError:
        return False


def _execute(text: str, name: str, names: Mapping[str, Any]) -> None:
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    # The instructor's text, in the judge.
    builtins.exec(compile(text, name, "exec"), names)  # type: ignore[arg-type]  # noqa: S102
