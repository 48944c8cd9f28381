"""What JupyterLab's page asks the server for: the labs, a lab opened, a notebook checked or handed in.

It holds no rule of its own. Checking and handing in are the command line's, in a process of their own, so that a
notebook which takes all the memory does not take Jupyter's server with it.
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import tornado.web
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import ApiPath, to_os_path, url_path_join

from grader.errors import GraderError, UsageError
from grader.labs import default_folder, list_labs, load_lab
from grader.learning.records import Deed, Record, add_record, read_records
from grader.learning.standing import read_standing
from grader.learning.work import copy_lab, default_work


class _Handler(APIHandler):
    """Answers in JSON; our errors become a message, and only to who is logged in."""

    def tell(self, answer: object) -> None:
        """Send an answer."""
        self.finish(json.dumps(answer))

    def asked(self, key: str) -> str:
        """A text of the request's body. Raises UsageError."""
        body = self.get_json_body()
        value = body.get(key) if isinstance(body, dict) else None
        if not isinstance(value, str) or not value:
            raise UsageError(f"the request has no {key}")
        return value

    def notebook(self) -> Path:
        """The notebook that the request names, below the server's folder. Raises UsageError."""
        root = Path(self.contents_manager.root_dir).resolve()
        file = Path(to_os_path(ApiPath(self.asked("path")), str(root))).resolve()
        if not file.is_relative_to(root) or file.suffix != ".ipynb" or not file.is_file():
            raise UsageError("that is no notebook of this server")
        return file

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Our own errors say themselves what to mend; others are Jupyter's to tell."""
        error = (kwargs.get("exc_info") or (None, None))[1]
        if isinstance(error, GraderError):
            self.set_status(400)
            self.tell({"message": str(error)})
        else:
            super().write_error(status_code, **kwargs)


class LabsHandler(_Handler):
    """The labs, and where the learner stands."""

    @tornado.web.authenticated
    def get(self) -> None:
        """A row for each lab."""
        folder, records = labs_folder(), read_records(work_folder())
        standings = [read_standing(load_lab(folder, name), records) for name in list_labs(folder)]
        self.tell([
            {
                "lab": one.lab.id, "title": one.lab.title, "minutes": one.lab.minutes, "stage": one.stage,
                "said": one.said,
            }
            for one in standings
        ])  # fmt: skip


class OpenHandler(_Handler):
    """A lab copied into the work folder."""

    @tornado.web.authenticated
    def post(self) -> None:
        """The notebook's path for JupyterLab; what is there stays as it is."""
        lab, work = load_lab(labs_folder(), self.asked("lab")), work_folder()
        root = Path(self.contents_manager.root_dir).resolve()
        if not work.resolve().is_relative_to(root):
            raise UsageError(f"your work folder is {work}, which this JupyterLab does not show; use: pivotlab start")
        copied = copy_lab(lab, work)
        add_record(work, Record(deed=Deed.STARTED, lab=lab.id, lab_version=lab.version, at=datetime.now(UTC)))
        self.tell({"path": copied.notebook.resolve().relative_to(root).as_posix()})


class CheckHandler(_Handler):
    """A notebook, checked."""

    @tornado.web.authenticated
    async def post(self) -> None:
        """What `pivotlab check --json` says."""
        self.tell(json.loads(await run("check", str(self.notebook()), "--json")))


class SubmitHandler(_Handler):
    """A notebook, handed in."""

    @tornado.web.authenticated
    def get(self) -> None:
        """Where to, if that is set."""
        self.tell({"to": os.environ.get("PIVOTLAB_TO", "")})

    @tornado.web.authenticated
    async def post(self) -> None:
        """What `pivotlab submit` says."""
        self.tell({"said": await run("submit", str(self.notebook()), "--to", self.asked("to"))})


async def run(*arguments: str) -> str:
    """What a command of ours prints. Raises UsageError with what it says where it fails."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "grader", *arguments,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    told, complaint = await process.communicate()
    # A check that is not clean ends with 1.
    if process.returncode not in {0, 1} or not told:
        raise UsageError(complaint.decode(errors="replace").strip() or f"it ended with code {process.returncode}")
    return told.decode(errors="replace")


def labs_folder() -> Path:
    """The labs' folder by its setting, else the usual one. Raises UsageError."""
    return Path(os.environ["PIVOTLAB_LABS"]) if os.environ.get("PIVOTLAB_LABS") else default_folder()


def work_folder() -> Path:
    """The work folder by its setting, else the usual one."""
    return Path(os.environ["PIVOTLAB_WORK"]) if os.environ.get("PIVOTLAB_WORK") else default_work()


def routes(base: str) -> list[tuple[str, Callable[..., Any]]]:
    """Which address has which handler."""
    handlers = {"labs": LabsHandler, "open": OpenHandler, "check": CheckHandler, "submit": SubmitHandler}
    return [(url_path_join(base, "pivotlab", name), handler) for name, handler in handlers.items()]
