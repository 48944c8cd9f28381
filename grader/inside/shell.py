"""IPython's shell without a kernel: magics, display and figures, its ZMQ and nbclient start left out.

Their start costs more than most labs.
"""

from types import TracebackType
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from grader.inside.outputs import Hook, Outputs, Publisher

TRACEBACK_LINES = 200


class NamingCompiler(CachingCompiler):  # type: ignore[misc]  # IPython has no types
    """Names a cell's code by the cell's id, so that a traceback says where in the notebook."""

    cell = ""

    def get_code_name(self, _raw: str, _transformed: str, _number: int) -> str:
        """The file name of a cell's code."""
        return f"<cell {self.cell}>"

    def format_code_name(self, name: str) -> tuple[str, str] | None:
        """How a traceback writes that name."""
        return ("Cell", name.removeprefix("<cell ").removesuffix(">")) if name.startswith("<cell ") else None


class Shell(InteractiveShell):  # type: ignore[misc]
    """A shell whose outputs are collected."""

    compiler_class = NamingCompiler
    display_pub_class = Publisher
    displayhook_class = Hook

    def __init__(self, outputs: Outputs) -> None:
        self.collected = outputs
        super().__init__(config=_config())
        self.display_pub.collected = self.displayhook.collected = outputs

    def enable_gui(self, gui: str | None = None) -> None:
        """`%matplotlib inline` asks for no event loop, and no other is there to be had."""

    def ask_exit(self) -> None:
        """`exit()` in a notebook ends nothing: there is no terminal to leave."""

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        lines = "\n".join(stb).split("\n")[-TRACEBACK_LINES:]
        self.collected.rich(
            {"output_type": "error", "ename": etype.__name__, "evalue": str(evalue), "traceback": lines}
        )


def line_in_cell(error: BaseException) -> str:
    """Where in the notebook an error came up, as " in cell impute, line 3"; empty when it was elsewhere."""
    place = ""
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith("<cell "):
            place = f" in cell {name[6:-1]}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _config() -> Any:
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    return config
