"""Whether the learner's environment has what the lab's environment pins; it installs nothing."""

import re
from dataclasses import dataclass
from importlib import metadata

from grader.images import project_folder

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A package that is not as pinned; `found` is None where it is not installed."""

    package: str
    pinned: str
    found: str | None


def compare_pins(environment: str) -> list[Difference]:
    """What differs between this Python's packages and those that an environment asks for by name."""
    asked = (project_folder() / "environments" / f"{environment}.in").read_text(encoding="utf-8")
    found = [(name, pinned, _installed(name)) for name, pinned in _PIN.findall(asked)]
    # A build for one kind of processor says so after a plus: 2.13.0+cpu.
    return [
        Difference(package=name, pinned=pinned, found=version)
        for name, pinned, version in found
        if version is None or version.partition("+")[0] != pinned
    ]


def _installed(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
