"""Makes mutants of a solution by machine; what the hidden tests make of them is found out elsewhere.

The operators are mutmut's, a library that is kept; we add the two that it has not, a statement left out and two
arguments swapped, and leave out what no hidden test may ask for: the words of an error, types, docstrings.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

_BEGIN, _END = "### BEGIN SOLUTION", "### END SOLUTION"
_MARK = re.compile(rf"^[ \t]*(?:{_BEGIN}|{_END})[ \t]*\n?", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A solution with one small change."""

    exercise: str
    change: str
    """The first line that differs, before and after: what an author names it by."""
    source: str


def make_mutants(exercise: str, source: str, *, most: int) -> list[Mutant]:
    """Up to `most` mutants of the solution in an exercise's cell, spread evenly over all that there are."""
    lines = _solution_lines(source)
    wrapper = MetadataWrapper(cst.parse_module(source))
    positions = wrapper.resolve(PositionProvider)
    found: dict[str, Mutant] = {}
    for node in _mutable_nodes(wrapper.module):
        if positions[node].start.line not in lines:
            continue
        for changed in _changes(node):
            text = cst.ensure_type(wrapper.module.deep_replace(node, changed), cst.Module).code
            if text not in found and text != source and _compiles(text):
                found[text] = Mutant(exercise=exercise, change=_first_change(source, text), source=text)
    return _spread(list(found.values()), most)


def _solution_lines(source: str) -> set[int]:
    inside, lines = False, set()
    for number, line in enumerate(source.splitlines(), start=1):
        if line.strip() == _BEGIN:
            inside = True
        elif line.strip() == _END:
            inside = False
        elif inside:
            lines.add(number)
    return lines


def _mutable_nodes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Every node but those whose change is nobody's concern."""
    yield node
    for child in node.children:
        if isinstance(child, cst.Annotation | cst.FormattedString | cst.Decorator):
            continue
        if isinstance(node, cst.Raise) or (isinstance(child, cst.Expr) and isinstance(child.value, cst.SimpleString)):
            continue
        yield from _mutable_nodes(child)


def _changes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            changed = iter(operator(node))
            # Its variants of a text are one mistake: another text than the one that is asked for.
            yield from [next(changed, node)] if isinstance(node, cst.SimpleString) else changed
    if isinstance(node, cst.SimpleStatementLine):
        yield from _leave_out(node)
    if isinstance(node, cst.Call):
        yield from _swap_arguments(node)


def _leave_out(line: cst.SimpleStatementLine) -> Iterable[cst.CSTNode]:
    """Statements that make no name: without them the rest still runs."""
    if len(line.body) == 1 and isinstance(line.body[0], cst.Expr | cst.Raise | cst.AugAssign | cst.Del):
        yield line.with_changes(body=[cst.Pass()])


def _swap_arguments(call: cst.Call) -> Iterable[cst.CSTNode]:
    plain = [argument for argument in call.args if argument.keyword is None and not argument.star]
    if len(plain) > 1 and not plain[0].deep_equals(plain[1]):
        first, second = call.args[:2]
        swapped = [first.with_changes(value=second.value), second.with_changes(value=first.value)]
        yield call.with_changes(args=[*swapped, *call.args[2:]])


def _compiles(source: str) -> bool:
    try:
        compile(source, "<mutant>", "exec")
    except SyntaxError:
        return False
    return True


def _first_change(before: str, after: str) -> str:
    pairs = zip(_MARK.sub("", before).splitlines(), _MARK.sub("", after).splitlines(), strict=False)
    was, now = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    return f"{was.strip()} -> {now.strip()}"


def _spread(mutants: Sequence[Mutant], most: int) -> list[Mutant]:
    if len(mutants) <= most:
        return list(mutants)
    return [mutants[number * len(mutants) // most] for number in range(most)]
