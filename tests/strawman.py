"""The common design that Pivotlab replaces: one process runs the cells and then the hidden tests, and is believed.

It stands here so that `test_strawman.py` can see attacks defeat it. It runs in a container, never on the host; all it
needs is one line of standard input, and what it says is the learner's output, MARKER, and pytest's result file.
"""

import ast
import json
import os
import sys
from pathlib import Path
from typing import Any

MARKER = "=== RESULTS ==="
RESULTS = Path("results.xml")


def main() -> None:
    """Run the notebook and its tests in a child, then print what the child wrote about itself."""
    given = json.loads(sys.stdin.readline())
    for name, text in given["files"].items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
    # As for any script, its folder comes first.
    sys.path.insert(0, str(Path.cwd()))
    child = os.fork()
    if not child:
        test(run_cells(given["cells"]))
        sys.exit()
    os.waitpid(child, 0)
    sys.stdout.write(f"\n{MARKER}\n{RESULTS.read_text() if RESULTS.is_file() else ''}")


def run_cells(cells: list[str]) -> dict[str, Any]:
    """The names that the cells leave; a cell that raises does not stop those after it."""
    from IPython.core.interactiveshell import InteractiveShell  # noqa: PLC0415 - the host imports this module too
    from traitlets.config import Config  # noqa: PLC0415

    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    for cell in cells:
        shell.run_cell(cell)
    names: dict[str, Any] = shell.user_ns
    return names


def test(names: dict[str, Any]) -> None:
    """Run the hidden tests with the notebook's names within reach."""
    import pytest  # noqa: PLC0415

    class Given:
        @pytest.fixture
        def notebook(self) -> "Notebook":
            return Notebook(names)

    options = [f"--junitxml={RESULTS}", "--capture=no", "-p", "no:terminal", "-p", "no:cacheprovider"]
    pytest.main(["hidden", *options], plugins=[Given()])


class Notebook:
    """What a hidden test holds in its hands: the learner's own functions."""

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names

    def __getattr__(self, name: str) -> Any:
        if name not in self._names:
            raise AttributeError(name)
        return self._names[name]

    def run(self, code: str, **values: Any) -> Any:
        tree = ast.parse(code)
        *first, last = tree.body
        names = self._names | values
        exec(compile(ast.Module(first, []), "<question>", "exec"), names)
        assert isinstance(last, ast.Expr)
        return eval(compile(ast.Expression(last.value), "<question>", "eval"), names)


if __name__ == "__main__":
    main()
