"""What the text of a notebook says of each name: whose rows it holds, and what was learned from which of them.

It reads one scope at a time and knows no rule; `leakage` has those.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

FITS = frozenset({"fit", "fit_transform", "fit_resample", "partial_fit", "fit_predict"})
APPLIES = frozenset({"transform", "predict", "predict_proba", "decision_function", "score", "score_samples"})
_STATISTICS = frozenset({"mean", "median", "std", "var", "mode", "quantile", "agg"})
_FILLS = frozenset({"fillna", "map", "sub", "div"})
_ROWLESS = frozenset({"len", "range", "print"})
_SHOWN_CHARACTERS = 60

Names = frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """Something that was learned: where in the code, at which step of the reading, from the rows of which tables."""

    cell: str
    line: int
    step: int
    roots: Names
    text: str


Lessons = frozenset[Lesson]


@dataclass(frozen=True, kw_only=True)
class Split:
    """Tables cut into parts at a step, some of the parts to be judged on."""

    step: int
    roots: Names
    parts: Names
    tests: Names


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table that is whole but for the columns that were dropped."""

    name: str
    dropped: Names = frozenset()


@dataclass(kw_only=True)
class Known:
    """What is known of a name or an expression."""

    roots: Names = frozenset()
    learned: Lessons = frozenset()
    statistics: Lessons = frozenset()
    """Means and the like, which teach nothing until a table takes them in."""
    column: tuple[str, str] | None = None
    """The table and the column, where it is one."""
    table: Table | None = None


@dataclass
class Scope:
    """All that one reading has met: of a function, or of the statements of all cells."""

    names: dict[str, Known] = field(default_factory=dict)
    splits: list[Split] = field(default_factory=list)
    tests: set[str] = field(default_factory=set)
    step: int = 0
    cell: str = ""

    def lesson(self, call: ast.Call, roots: Names) -> Lessons:
        """What a call learns, as a set of one."""
        return frozenset({Lesson(cell=self.cell, line=call.lineno, step=self.step, roots=roots, text=shown(call))})

    def known(self, expression: ast.expr) -> Known:
        """What is known of an expression."""
        match expression:
            case ast.Name():
                return self.names.get(expression.id, Known())
            case ast.Call():
                return self._known_of_call(expression)
            case ast.Subscript():
                return self._known_of_subscript(expression)
            case ast.BinOp():
                return self._known_of_arithmetic(expression)
            case ast.Lambda():
                return Known()
        whole = self.together(child for child in ast.iter_child_nodes(expression) if isinstance(child, ast.expr))
        if isinstance(expression, ast.Attribute):
            whole.column = _column(self.known(expression.value), expression.attr)
        return whole

    def together(self, expressions: Iterator[ast.expr]) -> Known:
        """What is known of several expressions taken as one."""
        all_known = [self.known(one) for one in expressions]
        return Known(
            roots=frozenset().union(*(one.roots for one in all_known)),
            learned=frozenset().union(*(one.learned for one in all_known)),
            statistics=frozenset().union(*(one.statistics for one in all_known)),
        )

    def _known_of_call(self, call: ast.Call) -> Known:
        name = called(call)
        given = self.together(iter([*call.args, *(keyword.value for keyword in call.keywords)]))
        owner = self.known(call.func.value) if isinstance(call.func, ast.Attribute) else Known()
        learned = owner.learned | given.learned
        if name in _ROWLESS:
            return Known()
        if name in FITS and call.args:
            return Known(roots=given.roots, learned=learned | self.lesson(call, given.roots))
        if name in APPLIES and call.args and not _is_grouped_statistic(call):
            return Known(roots=given.roots, learned=learned)
        return Known(
            roots=owner.roots | given.roots,
            learned=learned | self._taken_in(call, owner, given),
            statistics=owner.statistics | given.statistics | self._statistic(call, owner),
            table=_after(owner.table, call),
        )

    def _taken_in(self, call: ast.Call, owner: Known, given: Known) -> Lessons:
        """The statistics that a table takes in by a call."""
        if called(call) in _FILLS:
            return given.statistics
        if called(call) == "corrwith" or _is_grouped_statistic(call):
            return self.lesson(call, owner.roots | given.roots)
        return frozenset()

    def _statistic(self, call: ast.Call, owner: Known) -> Lessons:
        return self.lesson(call, owner.roots) if called(call) in _STATISTICS and owner.roots else frozenset()

    def _known_of_subscript(self, subscript: ast.Subscript) -> Known:
        whole, index, key = self.known(subscript.value), self.known(subscript.slice), subscript.slice
        column = _column(whole, key.value) if isinstance(key, ast.Constant) and isinstance(key.value, str) else None
        # Rows picked by a part of a split are that part.
        parts = index.roots & frozenset().union(*(split.parts for split in self.splits))
        return Known(
            roots=parts or whole.roots or index.roots, learned=whole.learned | index.learned,
            statistics=whole.statistics, column=column,
        )  # fmt: skip

    def _known_of_arithmetic(self, operation: ast.BinOp) -> Known:
        left, right = self.known(operation.left), self.known(operation.right)
        centred = isinstance(operation.op, ast.Sub | ast.Div) and left.roots & right.roots
        return Known(
            roots=left.roots | right.roots,
            learned=left.learned | right.learned | (right.statistics if centred else frozenset()),
            statistics=left.statistics | right.statistics,
        )


def called(call: ast.Call) -> str:
    """The last name of what is called; empty where it has none."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def shown(call: ast.Call) -> str:
    """A call as a message quotes it."""
    text = ast.unparse(call)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"


def base(expression: ast.expr) -> str:
    """The name that subscripts and attributes hang on; empty where there is none."""
    while isinstance(expression, ast.Subscript | ast.Attribute):
        expression = expression.value
    return expression.id if isinstance(expression, ast.Name) else ""


def calls(expression: ast.expr) -> Iterator[ast.Call]:
    """Every call in an expression."""
    return (node for node in ast.walk(expression) if isinstance(node, ast.Call))


def _column(whole: Known, name: str) -> tuple[str, str] | None:
    return (whole.table.name, name) if whole.table is not None else None


def _after(table: Table | None, call: ast.Call) -> Table | None:
    """The table that a method makes of a table; None where it cannot be told which columns it has."""
    if table is None or called(call) == "copy":
        return table
    wanted = next((one.value for one in call.keywords if one.arg == "columns"), call.args[0] if call.args else None)
    if called(call) != "drop" or wanted is None:
        return None
    try:
        told = ast.literal_eval(wanted)
    except ValueError:
        return None
    dropped = [told] if isinstance(told, str) else told
    return Table(name=table.name, dropped=table.dropped | frozenset(map(str, dropped)))


def _is_grouped_statistic(call: ast.Call) -> bool:
    """`df.groupby(...)[...].transform("mean")`: a statistic of the group, the row itself and later ones among it."""
    if called(call) != "transform" or not isinstance(call.func, ast.Attribute):
        return False
    given = call.args[0] if call.args else None
    grouped = any(called(one) == "groupby" for one in calls(call.func.value))
    return grouped and isinstance(given, ast.Constant) and given.value in _STATISTICS
