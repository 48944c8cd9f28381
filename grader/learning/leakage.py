"""Finds leaks in the text of a notebook, and names their lines: rows to be judged on have helped to learn.

It reads the code and does not run it, one scope at a time. It misses what a function hides; what it names, it can show.
"""

import ast
import contextlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.learning.provenance import APPLIES, FITS, Known, Lesson, Scope, Split, Table, base, called, calls, shown
from grader.submission import Cell

_CROSS_VALIDATES = frozenset({"cross_val_score", "cross_validate", "cross_val_predict", "learning_curve"})
_TEST_PART = re.compile(
    r"(?:^|_)(?:test|val|valid|validation|holdout|held|unseen|future|later|judged)(?:_|$|\d)", re.IGNORECASE
)
_TRAIN_PART = re.compile(r"(?:^|_)(?:train|training|past)(?:_|$|\d)", re.IGNORECASE)
_TIMED = re.compile(r"^(\s*)%time\s+", re.MULTILINE)
_ASSIGNED_MAGIC = re.compile(r"=\s*[%!].*$", re.MULTILINE)
_MAGIC = re.compile(r"^(\s*)[%!?]", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Leak:
    """A leak: the cell, the line in it, and what is wrong, ending in the mend."""

    cell: str
    line: int
    text: str


def find_leaks(cells: Sequence[Cell]) -> list[Leak]:
    """The leaks of a notebook in its order, one a line; a cell that is no Python is passed over."""
    trees = [(cell.id, tree) for cell in cells if (tree := parse_cell(cell.source)) is not None]
    top = _Reader(Scope())
    leaks = top.leaks
    for cell, tree in trees:
        top.read_cell(cell, tree.body)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                reader = _Reader(_scope_of(node))
                reader.read_cell(cell, node.body)
                leaks |= reader.leaks
    order = {cell.id: place for place, cell in enumerate(cells)}
    by_line = {(leak.cell, leak.line): leak for leak in sorted(leaks, key=lambda leak: leak.text, reverse=True)}
    return sorted(by_line.values(), key=lambda leak: (order[leak.cell], leak.line))


def parse_cell(source: str) -> ast.Module | None:
    """A cell's syntax tree, magics passed over; None when it is no Python."""
    without_magics = _MAGIC.sub(r"\1pass #", _ASSIGNED_MAGIC.sub("= None", _TIMED.sub(r"\1", source)))
    for text in (source, without_magics):
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def _scope_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Scope:
    arguments = function.args
    scope = Scope()
    for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        scope.names[one.arg] = Known(roots=frozenset({one.arg}), table=Table(name=one.arg))
    if any(_TRAIN_PART.search(name) for name in scope.names):
        # Beside training rows, new ones are rows to be judged on.
        scope.tests |= {name for name in scope.names if name == "new" or _TEST_PART.search(name)}
    return scope


class _Reader:
    """Reads statements into a scope and notes the leaks."""

    def __init__(self, scope: Scope) -> None:
        self.leaks: set[Leak] = set()
        self._scope = scope
        self._subsets: dict[frozenset[str], tuple[int, set[str]]] = {}

    def read_cell(self, cell: str, body: Sequence[ast.stmt]) -> None:
        """Take in the statements of a cell, or of a function in it."""
        self._scope.cell = cell
        # What nests too deep to be read has been met in no notebook but a hostile one.
        with contextlib.suppress(RecursionError):
            self._read(body)

    def _read(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            self._scope.step += 1
            for expression in _expressions(statement):
                self._judge(expression)
            for target, value in _bindings(statement):
                self._bind(target, value)
            for name in ("body", "orelse", "finalbody"):
                self._read(getattr(statement, name, []))

    def _judge(self, expression: ast.expr) -> None:
        for call in calls(expression):
            name = called(call)
            if name in FITS and call.args:
                self._judge_fit(call)
            elif name in APPLIES and call.args and isinstance(call.func, ast.Attribute):
                self._judge_use(self._scope.known(call.func.value), self._scope.known(call.args[0]))
            elif name in _CROSS_VALIDATES:
                self._judge_cross_validation(self._scope.together(iter(call.args[1:])))
            elif name == "fillna" and call.args:
                for lesson in self._scope.known(call.args[0]).statistics:
                    self._judge_rows(lesson.roots, call)

    def _judge_fit(self, call: ast.Call) -> None:
        rows = self._scope.known(call.args[0])
        self._judge_rows(rows.roots, call)
        if len(call.args) > 1:
            self._judge_target(rows, self._scope.known(call.args[1]), call)
        if name := base(call.func):
            fitted = self._scope.names.setdefault(name, Known())
            fitted.learned |= self._scope.lesson(call, rows.roots)

    def _judge_rows(self, roots: frozenset[str], call: ast.Call) -> None:
        if tests := roots & self._scope.tests:
            what = f"`{shown(call)}` learns from `{min(tests)}`, rows to be judged on"
            self._report(call.lineno, f"{what}: learn from the training rows alone")

    def _judge_target(self, features: Known, target: Known, call: ast.Call) -> None:
        if features.table is None or target.column is None:
            return
        table, column = target.column
        if features.table.name == table and column not in features.table.dropped:
            what = f"the target `{column}` is among the features of `{shown(call)}`"
            self._report(call.lineno, f"{what}: leave that column out")

    def _judge_use(self, model: Known, rows: Known) -> None:
        """Test rows judged by something that has learned from the table they were cut from."""
        for split in self._scope.splits:
            if rows.roots & split.tests:
                self._judge_lessons(model.learned, split)

    def _judge_cross_validation(self, data: Known) -> None:
        self._judge_lessons(
            data.learned,
            Split(step=self._scope.step + 1, roots=data.roots, parts=frozenset(), tests=frozenset()),
        )

    def _judge_lessons(self, lessons: frozenset[Lesson], split: Split) -> None:
        for lesson in lessons:
            if lesson.roots & split.roots:
                if lesson.step < split.step:
                    said = " before they are split: split first, then learn from the training rows alone"
                else:
                    said = ", those to be judged on too: learn from the training rows alone"
                text = f"`{lesson.text}` learns from all rows{said}"
                self.leaks.add(Leak(cell=lesson.cell, line=lesson.line, text=text))

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        known = self._scope.known(value)
        if isinstance(target, ast.Tuple | ast.List):
            self._bind_parts(target.elts, value, known)
        elif isinstance(target, ast.Name):
            self._bind_name(target.id, value, known)
        elif (table := self._scope.names.get(base(target))) is not None:
            # A new column: what was learned for it is in the table now.
            table.learned |= known.learned

    def _bind_name(self, name: str, value: ast.expr, known: Known) -> None:
        is_part = _TEST_PART.search(name) or _TRAIN_PART.search(name)
        if is_part and isinstance(value, ast.Subscript) and known.roots and name not in known.roots:
            self._bind_subset(name, known)
            return
        table = known.table or (None if known.roots else Table(name=name))
        self._scope.names[name] = Known(
            roots=known.roots or frozenset({name}), learned=known.learned, statistics=known.statistics,
            column=known.column, table=table,
        )  # fmt: skip

    def _bind_subset(self, name: str, known: Known) -> None:
        """`train = df[...]` and `test = df[...]`: a split in two statements."""
        step, parts = self._subsets.setdefault(known.roots, (self._scope.step, set()))
        parts.add(name)
        self._scope.names[name] = Known(roots=frozenset({name}), column=known.column, table=Table(name=name))
        if tests := frozenset(part for part in parts if _TEST_PART.search(part)):
            split = Split(step=step, roots=known.roots, parts=frozenset(parts), tests=tests)
            self._note_split(split, known.learned)

    def _bind_parts(self, targets: Sequence[ast.expr], value: ast.expr, known: Known) -> None:
        names = [one.id if isinstance(one, ast.Name) else "" for one in targets]
        if not (isinstance(value, ast.Call) and "split" in called(value) and len(names) > 1 and known.roots):
            for name in filter(None, names):
                self._scope.names[name] = Known(roots=known.roots or frozenset({name}), learned=known.learned)
            return
        given = [self._scope.known(argument) for argument in value.args]
        in_pairs = len(names) == 2 * len(given)
        for place, name in enumerate(names):
            of = given[place // 2] if in_pairs else Known()
            if name:
                self._scope.names[name] = Known(roots=frozenset({name}), column=of.column, table=of.table)
        parts = frozenset(names) - {"", "_"}
        tests = frozenset(name for name in names[1::2] if name in parts and not _TRAIN_PART.search(name))
        split = Split(step=self._scope.step, roots=known.roots, parts=parts, tests=tests)
        self._note_split(split, frozenset().union(*(one.learned for one in given)))

    def _note_split(self, split: Split, learned: frozenset[Lesson]) -> None:
        self._scope.splits.append(split)
        self._scope.tests |= split.tests
        self._judge_lessons(learned, split)

    def _report(self, line: int, text: str) -> None:
        self.leaks.add(Leak(cell=self._scope.cell, line=line, text=text))


def _expressions(statement: ast.stmt) -> Iterator[ast.expr]:
    """A statement's own expressions, without those of the statements in it."""
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.expr):
            yield child
        elif isinstance(child, ast.withitem):
            yield child.context_expr


def _bindings(statement: ast.stmt) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Which targets a statement binds to which values."""
    match statement:
        case ast.Assign():
            for target in statement.targets:
                match target, statement.value:
                    case ast.Tuple(elts=targets), ast.Tuple(elts=values):
                        yield from zip(targets, values, strict=False)
                    case _:
                        yield target, statement.value
        case ast.AnnAssign(value=ast.expr() as value):
            yield statement.target, value
        case ast.AugAssign(target=target, op=operator, value=value):
            yield target, ast.BinOp(left=target, op=operator, right=value)
        case ast.For(target=ast.Tuple(elts=[_, counted]), iter=ast.Call(func=ast.Name(id="enumerate"), args=[value])):
            yield counted, value
        case ast.For():
            yield statement.target, statement.iter
