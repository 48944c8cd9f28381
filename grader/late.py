"""What libraries load only when they are first used, for whoever can load it ahead; it knows no lab."""

import tomllib

from pydantic import Field

from grader.images import project_folder
from grader.model import Frozen


class LoadedLate(Frozen):
    """Some modules, and the packages whose users load them: who imports all of these."""

    packages: tuple[str, ...] = Field(alias="with", min_length=1)
    modules: tuple[str, ...] = Field(min_length=1)


class LateFile(Frozen):
    """What environments/late.toml says."""

    late: tuple[LoadedLate, ...]


def read_late() -> tuple[LoadedLate, ...]:
    """All of them. Raises UsageError where the package is without its checkout."""
    text = (project_folder() / "environments" / "late.toml").read_text(encoding="utf-8")
    return LateFile.model_validate(tomllib.loads(text)).late


def late_imports(imports: tuple[str, ...]) -> tuple[str, ...]:
    """What these imports load late, each once, in the file's order."""
    packages = {name.partition(".")[0] for name in imports}
    return tuple(
        dict.fromkeys(name for one in read_late() if packages.issuperset(one.packages) for name in one.modules)
    )
