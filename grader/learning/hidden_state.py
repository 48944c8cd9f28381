"""Says why a name is missing in a clean run that a kernel with a past still knew; it reads cells and runs none."""

import ast
from collections.abc import Sequence

from grader.learning.leakage import parse_cell
from grader.model import CellRun
from grader.submission import Cell

_BEGINNING_CHARACTERS = 40


def describe(cell: Cell) -> str:
    """A cell in words by which a learner finds it: JupyterLab shows no ids."""
    if cell.check:
        return f"the check of {cell.check}"
    if cell.exercise:
        return f"exercise {cell.exercise}"
    if cell.id.startswith("extra-"):
        beginning = (cell.source.strip() or "nothing").splitlines()[0]
        shown = beginning[:_BEGINNING_CHARACTERS] + "…" * (len(beginning) > _BEGINNING_CHARACTERS)
        return f"your cell that begins `{shown}`"
    return f"cell {cell.id.removesuffix('-changed')}"


def explain_missing(name: str, where: str, cells: Sequence[Cell], runs: dict[str, CellRun]) -> str:
    """Why a cell that was run from a clean start does not know a name, and what to do.

    `where` is the cell's id; `runs` are by cell.
    """
    places = {cell.id: place for place, cell in enumerate(cells)}
    makers = [cell for cell in cells if name in names_made(cell.source) and cell.id != where]
    before = [cell for cell in makers if places[cell.id] < places[where]]
    if broken := [cell for cell in before if runs[cell.id].state != "ran"]:
        return f"`{name}` is made in {describe(broken[-1])}, which did not come to its end: mend that one first"
    if before:
        return f"`{name}` is made in {describe(before[-1])} and gone again: see what deletes it"
    if makers:
        return (
            f"`{name}` is made only further down, in {describe(makers[0])}: a kernel knows it once that cell was run; "
            "move it up, or what needs it down"
        )
    return (
        f"no cell makes `{name}`: a kernel may still know it from a cell that was deleted or changed; write it again, "
        "then restart the kernel and run all cells"
    )


def names_made(source: str) -> set[str]:
    """The names that a cell leaves in the notebook: assigned, defined or imported outside functions and classes."""
    tree = parse_cell(source)
    made: set[str] = set()
    waiting: list[ast.AST] = [tree] if tree else []
    while waiting:
        node = waiting.pop()
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                made.add(node.name)
                continue
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                continue
            case ast.Name(ctx=ast.Store()):
                made.add(node.id)
            case ast.Import() | ast.ImportFrom():
                made |= {(one.asname or one.name).split(".")[0] for one in node.names}
        waiting += ast.iter_child_nodes(node)
    return made
