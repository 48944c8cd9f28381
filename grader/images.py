"""Finds and builds the images that sandboxes run in; must not know what runs in them, nor how one is started."""

import hashlib
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import docker.errors
import urllib3

from grader.errors import SandboxError, UsageError

LOCAL_BASE = "pivotlab/base:bookworm-python3.11-git"

# A step in words, and how much of it is done: 0 to 1, or None where nobody can say.
Progress = Callable[[str, float | None], None]

# What the SDK lets out when an engine refuses, breaks off in mid-answer or is not there. Its transport, requests,
# raises OSErrors.
_ENGINE_ERRORS = (docker.errors.DockerException, docker.errors.StreamParseError, OSError, urllib3.exceptions.HTTPError)

_CHUNK_BYTES = 1 << 20
_LINES_KEPT = 20


@dataclass(frozen=True, kw_only=True)
class ImageInfo:
    """An image of an environment as the engine has it; current when it was built from today's files."""

    environment: str
    name: str
    size_mb: int
    created: datetime
    current: bool


def require_image(client: docker.DockerClient, environment: str) -> str:
    """The name of the environment's image, or a SandboxError that names the command which builds it."""
    name = find_image(client, environment)
    if name is None:
        raise SandboxError(
            f"the image of the environment {environment!r} is not built, or was built from other pins; "
            f"run `pivotlab images build {environment}`"
        )
    return name


def find_image(client: docker.DockerClient, environment: str) -> str | None:
    """The name of the environment's image if the engine has it as of today's pins, else None."""
    with _engine_trouble("look for an image"):
        return next((name for name in image_names(environment) if _is_present(client, name)), None)


def list_images(client: docker.DockerClient) -> list[ImageInfo]:
    """All images of environments that the engine has, those of earlier pins too."""
    with _engine_trouble("list the images"):
        found = [(name, image.attrs) for image in client.images.list(name="pivotlab/*") for name in image.tags]
    infos = [
        ImageInfo(
            environment=_environment_of(name),
            name=name,
            size_mb=round(attributes["Size"] / 1e6),
            created=datetime.fromisoformat(attributes["Created"]),
            current=_is_current(name),
        )
        for name, attributes in found
        if name.startswith("pivotlab/") and _environment_of(name) != _environment_of(LOCAL_BASE)
    ]
    return sorted(infos, key=lambda info: (info.environment, not info.current, info.name))


def build_image(client: docker.DockerClient, environment: str, *, progress: Progress) -> str:
    """The name of the environment's image, which is built if the engine does not have it.

    Downloads the wheels on this host under the user's own pip settings, so that no container needs a network.
    Raises UsageError for an unknown environment, SandboxError when a download or the build fails.
    """
    present = find_image(client, environment)
    if present is not None:
        progress(f"{present} is current", 1.0)
        return present
    with _engine_trouble("build the image"):
        base = _resolve_base(client, progress)
        wheels = download_wheels(environment, _machine(client), progress=progress)
        name = image_name(environment, base)
        _build(client, name, base, _context(environment, wheels), progress)
    progress(f"{name} is built", 1.0)
    return name


def image_name(environment: str, base: str) -> str:
    """`pivotlab/<environment>:<hash>`, the hash being over all that decides what the image holds."""
    pins, dockerfile = _pins_file(environment).read_bytes(), _dockerfile().read_bytes()
    return f"pivotlab/{environment}:{_digest(pins, dockerfile, base.encode())}"


def image_names(environment: str) -> list[str]:
    """What the environment's image may be called as of today's pins: by the configured base, and by the local one."""
    return [image_name(environment, base) for base in dict.fromkeys([configured_base(), LOCAL_BASE])]


def configured_base() -> str:
    """The base image by the setting PIVOTLAB_BASE_IMAGE, else the one that the Dockerfile names."""
    named = re.search(r"^ARG BASE_IMAGE=(\S+)", _dockerfile().read_text(encoding="utf-8"), re.MULTILINE)
    return os.environ.get("PIVOTLAB_BASE_IMAGE") or (named[1] if named else LOCAL_BASE)


def environment_names() -> list[str]:
    """The environments that have pins."""
    return sorted(path.stem for path in (project_folder() / "environments").glob("*.txt"))


def project_folder() -> Path:
    """The checkout, which holds environments/ and docker/ beside the package. Raises UsageError where it does not."""
    folder = Path(__file__).resolve().parent.parent
    if not (folder / "environments").is_dir():
        raise UsageError(
            f"{folder}: environments/ and docker/ are not beside the package; it works from its checkout: in the "
            "project's folder, run: pip install -e ."
        )
    return folder


def download_wheels(environment: str, machine: str, *, progress: Progress) -> Path:
    """The folder with the environment's wheels, for the image's Python on the engine's machine; kept for reuse."""
    pins = _pins_file(environment)
    folder = _cache_folder() / "wheels" / _digest(pins.read_bytes(), machine.encode())
    if folder.is_dir():
        progress("the wheels are here from an earlier build", 1.0)
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="unfinished-", dir=folder.parent) as scratch:
        unfinished = Path(scratch, "wheels")
        _run(
            _download_command(pins, machine, unfinished),
            _count_wheels(pins, progress),
            mend=_download_mend(environment),
        )
        # The name comes last and at once: a folder that has it is whole, and a broken download never gets it.
        unfinished.rename(folder)
    return folder


def _is_present(client: docker.DockerClient, name: str) -> bool:
    try:
        client.images.get(name)
    except docker.errors.ImageNotFound:
        return False
    return True


def _environment_of(name: str) -> str:
    return name.removeprefix("pivotlab/").partition(":")[0]


def _is_current(name: str) -> bool:
    environment = _environment_of(name)
    return environment in environment_names() and name in image_names(environment)


def _pins_file(environment: str) -> Path:
    # By its listing, so that a name such as ../../etc/passwd is only ever an unknown one.
    if environment not in environment_names():
        known = ", ".join(environment_names()) or "none"
        raise UsageError(f"there is no environment {environment!r}; there are: {known}")
    return project_folder() / "environments" / f"{environment}.txt"


def _dockerfile() -> Path:
    return project_folder() / "docker" / "Dockerfile"


def _digest(*parts: bytes) -> str:
    # Every part by its own hash first, so that no byte can move from one to its neighbour unseen.
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:12]


def _cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pivotlab"


def _resolve_base(client: docker.DockerClient, progress: Progress) -> str:
    base = configured_base()
    if _is_present(client, base):
        return base
    progress(f"pulling {base}", None)
    try:
        client.images.pull(base)
    except docker.errors.APIError as error:
        # Only what the engine answered: an engine that is gone makes no base either.
        if os.environ.get("PIVOTLAB_BASE_IMAGE"):
            raise SandboxError(
                f"{base} cannot be pulled: {error.explanation or error}; "
                "mend PIVOTLAB_BASE_IMAGE, or unset it to take the usual base"
            ) from error
        progress(f"{base} cannot be pulled, so {LOCAL_BASE} takes its place: {error.explanation or error}", None)
        return _local_base(client, progress)
    return base


def _local_base(client: docker.DockerClient, progress: Progress) -> str:
    if not _is_present(client, LOCAL_BASE):
        _run(
            [str(project_folder() / "docker" / "base.sh")],
            lambda line: progress(line, None),
            mend="mend what it says, or set PIVOTLAB_BASE_IMAGE to one with Python 3.11 and git that can be pulled",
            environ={"PIVOTLAB_PYTHON": sys.executable},
        )
    return LOCAL_BASE


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _machine(client: docker.DockerClient) -> str:
    """The engine's machine in the words of wheel names; the engine may be another machine than this host."""
    machines = {"amd64": "x86_64", "arm64": "aarch64"}
    architecture = client.version()["Arch"]
    if architecture not in machines:
        raise SandboxError(f"the engine is a {architecture}; use an engine on one of: {', '.join(machines)}")
    return machines[architecture]


def _download_command(pins: Path, machine: str, folder: Path) -> list[str]:
    # Whatever Python runs this, the wheels are for the image's: 3.11 on bookworm, whose glibc is 2.36.
    platforms = [f"manylinux_2_{minor}_{machine}" for minor in range(36, 4, -1)]
    platforms += [f"{older}_{machine}" for older in ("manylinux2014", "manylinux2010", "manylinux1", "linux")]
    return [
        *(sys.executable, "-m", "pip", "download", "--no-input", "--disable-pip-version-check", "--progress-bar=off"),
        *("--no-deps", "--only-binary=:all:", "--python-version=3.11", "--implementation=cp"),
        *("--abi=cp311", "--abi=abi3", "--abi=none", *(f"--platform={platform}" for platform in platforms)),
        *(f"--requirement={pins}", f"--dest={folder}"),
    ]


def _count_wheels(pins: Path, progress: Progress) -> Callable[[str], None]:
    """Reads pip's lines; a wheel counts when pip fetches the file itself, not its metadata."""
    total = len(re.findall(r"^[A-Za-z0-9]", pins.read_text(encoding="utf-8"), re.MULTILINE))
    count = 0

    def read_line(line: str) -> None:
        nonlocal count
        if re.match(r"\s*(Processing|Downloading|Using cached) \S+\.whl(\s|$)", line):
            count = min(count + 1, total)
            progress(f"downloading wheels: {count} of {total}", count / total)

    return read_line


def _download_mend(environment: str) -> str:
    return (
        "see that pip reaches an index or a folder with these wheels under its settings (`pip config list`), "
        f"then run `pivotlab images build {environment}`"
    )


def _run(
    command: Sequence[str],
    read_line: Callable[[str], None],
    *,
    mend: str,
    environ: Mapping[str, str] | None = None,
) -> None:
    """Hands each line of the command's output on as it comes; raises SandboxError with the last ones when it fails."""
    last_lines: deque[str] = deque(maxlen=_LINES_KEPT)
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, **(environ or {})},
    ) as process:
        for line in process.stdout or ():
            last_lines.append(line.rstrip())
            read_line(line.rstrip())
    if process.returncode:
        raise SandboxError("\n".join([f"{Path(command[0]).name} failed:", *last_lines, mend]))


def _context(environment: str, wheels: Path) -> Iterator[bytes]:
    """What the Dockerfile builds from, as a tar made while it is sent: the wheels are not copied once more."""
    pins = _pins_file(environment)
    files = {"Dockerfile": _dockerfile(), "pins.txt": pins}
    files |= {f"wheels/{wheel.name}": wheel for wheel in sorted(wheels.glob("*.whl"))}
    for name, path in files.items():
        yield from _tar_member(name, path)
    yield bytes(2 * tarfile.BLOCKSIZE)


def _tar_member(name: str, path: Path) -> Iterator[bytes]:
    header = tarfile.TarInfo(name)
    header.size = path.stat().st_size
    yield header.tobuf()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
    yield bytes(-header.size % tarfile.BLOCKSIZE)


def _build(client: docker.DockerClient, name: str, base: str, context: Iterator[bytes], progress: Progress) -> None:
    # The classic builder leaves the stage behind as an image without a name; its label finds it, and no other build's.
    build_id = uuid.uuid4().hex
    progress("sending the wheels to the engine", None)
    try:
        events = client.api.build(
            fileobj=context,
            custom_context=True,
            tag=name,
            buildargs={"BASE_IMAGE": base, "BUILD_ID": build_id},
            network_mode="none",
            rm=True,
            forcerm=True,
            decode=True,
        )
        _follow_build(events, name, progress)
    finally:
        client.images.prune(filters={"dangling": True, "label": f"pivotlab.stage={build_id}"})


def _follow_build(events: Iterator[dict[str, object]], name: str, progress: Progress) -> None:
    last_lines: deque[str] = deque(maxlen=_LINES_KEPT)
    for event in events:
        for line in str(event.get("stream", "")).splitlines():
            if step := re.match(r"Step (\d+)/(\d+) : (.{1,60})", line):
                last_lines.clear()
                progress(f"step {step[1]} of {step[2]}: {step[3]}", (int(step[1]) - 1) / int(step[2]))
            if line:
                last_lines.append(line)
        if "error" in event:
            raise SandboxError(_build_failure(name, [*last_lines, str(event["error"])]))


def _build_failure(name: str, lines: list[str]) -> str:
    mend = (
        f"mend what it says (a full disk: `docker system prune`; a broken wheel: delete {_cache_folder() / 'wheels'}), "
        f"then run `pivotlab images build {_environment_of(name)}`"
    )
    return "\n".join([f"{name} could not be built:", *lines, mend])


@contextmanager
def _engine_trouble(doing: str) -> Iterator[None]:
    try:
        yield
    except _ENGINE_ERRORS as error:
        raise SandboxError(
            f"Docker could not {doing}: {_first_line(error)}; see that an engine answers: `docker/engine.sh`"
        ) from error
