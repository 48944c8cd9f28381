"""Reads the text of an instructor's cells: which names are whose, what cannot work across the border; runs nothing."""

import ast
import builtins
import symtable
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from IPython.core.inputtransformer2 import TransformerManager

_KERNELS = frozenset({"get_ipython", "display", "In", "Out", "_", "__", "___", "_ih", "_oh", "_i"})
"""What a kernel puts among the names."""
_LOOK_AROUND = frozenset({"globals", "locals", "vars", "dir", "eval", "exec", "id"})
"""Builtins whose answer is of this process and not of the learner's."""
_BUILTINS = frozenset(dir(builtins))


class Role(StrEnum):
    """What a code cell is for."""

    SOLUTION = "solution"
    TEST = "test"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class CodeCell:
    """A code cell of the instructor's source."""

    name: str
    role: Role
    text: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """What the judge runs: a test cell by its name, or other code of the instructor."""

    test: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What runs where, of one notebook."""

    parts: tuple[Part, ...]
    theirs: frozenset[str]
    """Names that are the learner's to define."""
    shared: frozenset[str]
    """Names that test cells set, and the learner's code reads."""
    reads: dict[str, tuple[str, ...]]
    """By test cell, the learner's names that it may ask for."""
    cannot_cross: dict[str, str]
    """By test cell, why it must run in the learner's own process."""


def plan(cells: Sequence[CodeCell]) -> Plan:
    """What of the instructor's code runs in the judge, and which names it asks of the learner."""
    cannot = {cell.name: why for cell in cells if cell.role is Role.TEST and (why := find_obstacle(cell.text))}
    solutions = [tree for cell in cells if cell.role is Role.SOLUTION and (tree := _parse(cell.text))]
    theirs = {name for tree in solutions for one in tree.body if not _is_import(one) for name in _bound([one])}
    parts: list[Part] = []
    asks = theirs | _KERNELS
    for cell in cells:
        if cell.role is Role.TEST:
            parts.append(Part(test=cell.name, text=transform(cell.text)))
        elif tree := _parse(cell.text):
            taken = _take(tree.body, cell.role, theirs, asks)
            parts += [Part(test="", text="\n".join(map(ast.unparse, taken)))] if taken else []
    tests = {cell.name: tree for cell in cells if cell.role is Role.TEST and (tree := _parse(cell.text))}
    imported = {name for cell in cells if (tree := _parse(cell.text)) for name in _bound(filter(_is_import, tree.body))}
    ours = {name for tree in tests.values() for name in _bound(tree.body)}
    ours |= {name for part in parts if not part.test for name in _bound(ast.parse(part.text).body)}
    read = {name for part in parts if (tree := _parse(part.text)) for name in _read(tree.body)}
    theirs |= read - ours - _BUILTINS
    helpers = {name for part in parts if (tree := _parse(part.text)) for name in _read(filter(_is_helper, tree.body))}
    set_by_tests = {name for tree in tests.values() for name in _bound(tree.body)} - imported
    return Plan(
        parts=tuple(parts), theirs=frozenset(theirs), cannot_cross=cannot,
        shared=frozenset(set_by_tests & (theirs | {name for tree in solutions for name in _read(tree.body)})),
        # A test cell may read by way of the instructor's functions.
        reads={name: tuple(sorted(theirs & (_read(tree.body) | helpers))) for name, tree in tests.items()},
    )  # fmt: skip


def find_obstacle(text: str) -> str:
    """Why a test cell's text cannot work across the border; empty when nothing in it says so."""
    tree = _parse(text)
    if tree is None:
        return "it is not Python"
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    if found := sorted((names - _bound(tree.body)) & _KERNELS):
        return f"it uses what only a notebook has: {'a magic, or ' * ('get_ipython' in found)}{', '.join(found)}"
    if found := sorted(names & _LOOK_AROUND):
        return f"it looks around in its own process: {', '.join(found)}"
    if any(isinstance(node, ast.Compare) and _compares_identity(node) for node in ast.walk(tree)):
        return "it asks whether two objects are one and the same, and data that came over is a copy"
    return ""


def transform(text: str) -> str:
    """A cell's text as Python: magics become calls, as in a kernel."""
    return str(TransformerManager().transform_cell(text))


def _take(body: Iterable[ast.stmt], role: Role, theirs: set[str], asks: set[str]) -> list[ast.stmt]:
    """The statements that the judge runs too; what others bind becomes the learner's.

    Of a solution only the imports: a name that the instructor imports there is that module, whatever the learner has.
    """
    taken: list[ast.stmt] = []
    for one in body:
        bound, depends = _bound([one]), bool(_read([one]) & asks)
        if _is_import(one):
            taken += [] if bound & theirs else [one]
        elif role is Role.SOLUTION:
            continue
        elif _is_helper(one):
            taken.append(one)
            asks |= bound if depends else set()
        elif depends:
            theirs |= bound
            asks |= bound
        else:
            taken.append(one)
    return taken


def _parse(text: str) -> ast.Module | None:
    try:
        return ast.parse(transform(text))
    except (SyntaxError, ValueError, RecursionError):
        return None


def _is_import(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Import | ast.ImportFrom)


def _is_helper(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)


def _bound(body: Iterable[ast.stmt]) -> set[str]:
    """The names that statements set, delete or import in the notebook's own scope."""
    top, *inner = _scopes(body)
    found = {one.get_name() for one in top.get_symbols() if one.is_assigned() or one.is_imported()}
    return found | {
        one.get_name()
        for scope in inner
        for one in scope.get_symbols()
        if one.is_declared_global() and one.is_assigned()
    }


def _read(body: Iterable[ast.stmt]) -> set[str]:
    """The names of the notebook's own scope that statements read, within functions too."""
    top, *inner = _scopes(body)
    found = {one.get_name() for one in top.get_symbols() if one.is_referenced()}
    return found | {
        one.get_name() for scope in inner for one in scope.get_symbols() if one.is_global() and one.is_referenced()
    }


def _scopes(body: Iterable[ast.stmt]) -> list[symtable.SymbolTable]:
    text = "\n".join(map(ast.unparse, body))
    scopes = [symtable.symtable(text, "<cell>", "exec")]
    for scope in scopes:
        scopes += scope.get_children()
    return scopes


def _compares_identity(node: ast.Compare) -> bool:
    sides = [node.left, *node.comparators]
    return any(
        isinstance(operator, ast.Is | ast.IsNot) and not (_is_one_of_a_kind(left) or _is_one_of_a_kind(right))
        for operator, left, right in zip(node.ops, sides, sides[1:], strict=False)
    )


def _is_one_of_a_kind(side: ast.expr) -> bool:
    """A constant, or a type: the same object in every process."""
    if isinstance(side, ast.Call):
        return isinstance(side.func, ast.Name) and side.func.id == "type"
    return isinstance(side, ast.Constant | ast.Attribute) or (isinstance(side, ast.Name) and side.id in _BUILTINS)
