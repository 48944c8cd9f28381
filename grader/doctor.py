"""Looks at this machine for what grading needs, and removes what dead runs left; it grades nothing."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from grader.containers import Engine, Run, connect, find_strays, is_grading_host, sweep
from grader.errors import SandboxError
from grader.images import list_images
from grader.model import Limits
from grader.sandbox import Role
from grader.zygotes import Zygotes

_DISK_GB = 5


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at; `mend` says what to do where it is not well."""

    what: str
    found: str
    well: bool = True
    mend: str = ""


def examine(runtime: str | None) -> list[Finding]:
    """What was found, strays already swept."""
    findings = [Finding(what="Python", found=sys.version.split()[0]), _examine_disk()]
    try:
        client = connect()
    except SandboxError as error:
        return [*findings, Finding(what="Docker engine", found="none", well=False, mend=str(error))]
    looked = [_examine_engine(client, runtime), _examine_images(client), _examine_strays(client)]
    return [*findings, *looked, *_examine_warm_start(client)]


def _examine_disk() -> Finding:
    free = shutil.disk_usage("/").free / 1e9
    mend = f"images need about {_DISK_GB} GB; make room"
    return Finding(what="Free disk", found=f"{free:.0f} GB", well=free > _DISK_GB, mend="" if free > _DISK_GB else mend)


def _examine_engine(client: Engine, runtime: str | None) -> Finding:
    info = client.info()
    found = f"{info['ServerVersion']}, {info['Driver']}, cgroup v{info.get('CgroupVersion', '1')}"
    if runtime is not None and runtime not in info["Runtimes"]:
        mend = f"the engine has no runtime {runtime}, only {', '.join(info['Runtimes'])}; register it in daemon.json"
        return Finding(what="Docker engine", found=found, well=False, mend=mend)
    return Finding(what="Docker engine", found=found)


def _examine_images(client: Engine) -> Finding:
    current = [image.name for image in list_images(client) if image.current]
    mend = "" if current else "run: pivotlab images build core"
    return Finding(what="Images", found=", ".join(current) or "none", well=bool(current), mend=mend)


def _examine_strays(client: Engine) -> Finding:
    strays = find_strays(client)
    sweep(client, strays)
    return Finding(what="Containers of dead runs", found=f"{len(strays)} removed" if strays else "none")


def _examine_warm_start(client: Engine) -> Iterator[Finding]:
    """Whether a sandbox can be started warm, by starting one; nothing without an image."""
    image = next((image.name for image in list_images(client) if image.current), None)
    if image is None:
        return
    run = Run(client=client, image=image)
    zygotes = Zygotes(run, keep=1)
    try:
        zygotes.start(Role.LEARNER, Limits()).close()
        said = "possible; on, for the engine is marked as a grading host"
        yield Finding(what="Warm start", found=said if is_grading_host(client) else "possible; off unless asked for")
    except SandboxError as error:
        yield Finding(what="Warm start", found=str(error))
    finally:
        zygotes.close()
        run.close()
