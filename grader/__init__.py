"""Pivotlab's grader: runs a learner's notebook in one sandbox and judges it from another."""

import sys

__version__ = "0.1.0"

# Where JupyterLab is installed, jsonschema, which reading notebooks brings along, would build a grammar of IRIs at
# every start: 2 s and 33 MB for a format that no notebook has. Told that it is not there, it leaves that format alone.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
