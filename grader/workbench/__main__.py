"""JupyterLab as `pivotlab start` opens it; its process ends when its server does."""

import os
import runpy
import sys


def main() -> None:
    """Run JupyterLab with this process's arguments and end the process with its exit code."""
    code: object = 0
    try:
        runpy.run_module("jupyterlab", run_name="__main__", alter_sys=True)
    except SystemExit as stop:
        code = stop.code
    sys.stdout.flush()
    sys.stderr.flush()
    # A page that is still loading when the server stops has a request in a thread (Jupyter's list of exporters) that
    # is then never told to end, and Python waits for it for good. By now kernels and files are seen to.
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    main()
