"""Images: what their names promise, where wheels and the base come from, and what the real core image holds."""

import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docker.errors
import pytest

from grader import images
from grader.errors import SandboxError, UsageError

DOCKERFILE = "ARG BASE_IMAGE=registry-base:1\nFROM ${BASE_IMAGE}\n"
CORE_IMPORTS = "import IPython, mlflow, pandas, pytest, sklearn"


class FakeImages:
    """The part of the SDK that answers for images: what is present, and whether a pull succeeds."""

    def __init__(self, present: set[str], *, pulls: bool) -> None:
        self.present, self.pulls, self.pruned = present, pulls, 0

    def get(self, name: str) -> None:
        if name not in self.present:
            raise docker.errors.ImageNotFound(name)

    def pull(self, name: str) -> None:
        if not self.pulls:
            raise docker.errors.APIError("500 Server Error", explanation="no such host")
        self.present.add(name)

    def prune(self, filters: dict[str, Any]) -> None:
        self.pruned += 1


class FakeClient:
    """An engine without an engine, for the decisions that come before a build; `events` is what a build answers."""

    def __init__(self, *present: str, pulls: bool = False, events: tuple[dict[str, str], ...] = ()) -> None:
        self.images = FakeImages(set(present), pulls=pulls)
        self.api = self
        self.events, self.sent, self.options = events, b"", dict[str, Any]()

    def version(self) -> dict[str, str]:
        return {"Arch": "amd64"}

    def build(self, *, fileobj: Iterator[bytes], **options: Any) -> Iterator[dict[str, str]]:
        self.sent, self.options = b"".join(fileobj), options
        return iter(self.events)


class GoneClient(FakeClient):
    """An engine that went away."""

    def version(self) -> dict[str, str]:
        raise ConnectionError("connection refused")


class Said:
    """A progress that remembers."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.shares: list[float | None] = []

    def __call__(self, line: str, share: float | None) -> None:
        self.lines.append(line)
        self.shares.append(share)

    def __contains__(self, text: str) -> bool:
        return any(text in line for line in self.lines)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one environment of one package, a pip that knows only the folder shelf/, and an empty cache."""
    for folder in ("environments", "docker", "shelf"):
        (tmp_path / folder).mkdir()
    (tmp_path / "environments/tiny.txt").write_text("tiny==1.0  # via -r tiny.in\n")
    (tmp_path / "docker/Dockerfile").write_text(DOCKERFILE)
    monkeypatch.setattr(images, "project_folder", lambda: tmp_path)
    monkeypatch.delenv("PIVOTLAB_BASE_IMAGE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "shelf"))
    return tmp_path


def put_wheel(folder: Path, name: str = "tiny-1.0-py3-none-any.whl") -> None:
    with zipfile.ZipFile(folder / name, "w") as wheel:
        wheel.writestr("tiny.py", "")
        wheel.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        wheel.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("tiny-1.0.dist-info/RECORD", "")


def put_base_script(checkout: Path, text: str) -> None:
    script = checkout / "docker/base.sh"
    script.write_text(f"#!/bin/sh\n{text}\n")
    script.chmod(0o755)


def test_the_name_is_the_environment_and_a_hash(checkout: Path) -> None:
    name = images.image_name("tiny", "some:base")
    assert re.fullmatch(r"pivotlab/tiny:[0-9a-f]{12}", name)
    assert name == images.image_name("tiny", "some:base")


def test_the_name_changes_with_pins_dockerfile_and_base(checkout: Path) -> None:
    names = {images.image_name("tiny", "some:base"), images.image_name("tiny", "another:base")}
    (checkout / "environments/tiny.txt").write_text("tiny==1.1\n")
    names.add(images.image_name("tiny", "some:base"))
    (checkout / "docker/Dockerfile").write_text(DOCKERFILE + "USER 1\n")
    names.add(images.image_name("tiny", "some:base"))
    assert len(names) == 4


@pytest.mark.parametrize("name", ["huge", "", "../environments/tiny", "tiny.txt"])
def test_an_unknown_environment_is_refused_with_those_that_exist(checkout: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"there are: tiny$"):
        images.find_image(FakeClient(), name)
    with pytest.raises(UsageError, match=r"there are: tiny$"):
        images.build_image(FakeClient(), name, progress=Said())


def test_a_package_without_its_checkout_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(images, "__file__", str(tmp_path / "site-packages" / "grader" / "images.py"))
    with pytest.raises(UsageError, match=r"site-packages: .*pip install -e \."):
        images.find_image(FakeClient(), "core")


def test_the_base_is_the_dockerfiles_unless_the_setting_names_one(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert images.configured_base() == "registry-base:1"
    monkeypatch.setenv("PIVOTLAB_BASE_IMAGE", "ours:2")
    assert images.configured_base() == "ours:2"


def test_the_image_on_the_configured_base_is_found_before_the_one_on_the_local_base(checkout: Path) -> None:
    on_configured, on_local = (images.image_name("tiny", base) for base in ("registry-base:1", images.LOCAL_BASE))
    assert images.find_image(FakeClient(on_local, on_configured), "tiny") == on_configured
    assert images.find_image(FakeClient(on_local), "tiny") == on_local
    assert images.find_image(FakeClient("pivotlab/tiny:000000000000"), "tiny") is None


def test_a_missing_image_names_the_command_that_builds_it(checkout: Path) -> None:
    with pytest.raises(SandboxError, match="run `pivotlab images build tiny`"):
        images.require_image(FakeClient(), "tiny")


def test_a_current_image_is_not_built_again(checkout: Path) -> None:
    client = FakeClient(images.image_name("tiny", images.LOCAL_BASE))
    assert images.build_image(client, "tiny", progress=Said()) in client.images.present
    assert client.sent == b""
    assert not (checkout / "cache").exists()


def test_an_engine_that_is_gone_is_our_failure_with_a_mend(checkout: Path) -> None:
    with pytest.raises(SandboxError, match=r"connection refused.*docker/engine\.sh"):
        images.build_image(GoneClient("registry-base:1"), "tiny", progress=Said())


def test_a_base_that_can_be_pulled_is_pulled(checkout: Path) -> None:
    put_wheel(checkout / "shelf")
    client = FakeClient(pulls=True)
    assert images.build_image(client, "tiny", progress=Said()) == images.image_name("tiny", "registry-base:1")
    assert client.options["buildargs"]["BASE_IMAGE"] == "registry-base:1"


def test_a_failed_pull_makes_the_local_base_and_says_so(checkout: Path) -> None:
    put_wheel(checkout / "shelf")
    put_base_script(checkout, 'echo "made by $PIVOTLAB_PYTHON"')
    client, said = FakeClient(pulls=False), Said()
    assert images.build_image(client, "tiny", progress=said) == images.image_name("tiny", images.LOCAL_BASE)
    assert f"registry-base:1 cannot be pulled, so {images.LOCAL_BASE} takes its place: no such host" in said
    assert f"made by {sys.executable}" in said


def test_a_base_that_was_asked_for_is_never_replaced(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIVOTLAB_BASE_IMAGE", "ours:2")
    with pytest.raises(SandboxError, match=r"ours:2 cannot be pulled: no such host; mend PIVOTLAB_BASE_IMAGE"):
        images.build_image(FakeClient(images.LOCAL_BASE, pulls=False), "tiny", progress=Said())


def test_a_local_base_that_is_there_is_not_made_again(checkout: Path) -> None:
    put_wheel(checkout / "shelf")
    put_base_script(checkout, "exit 1")
    images.build_image(FakeClient(images.LOCAL_BASE), "tiny", progress=Said())


def test_a_local_base_that_cannot_be_made_says_why(checkout: Path) -> None:
    put_base_script(checkout, "echo a base is bootstrapped by root >&2; exit 1")
    with pytest.raises(SandboxError, match=r"base\.sh failed:\na base is bootstrapped by root\nmend what it says"):
        images.build_image(FakeClient(), "tiny", progress=Said())


def test_a_broken_download_is_not_reused(checkout: Path) -> None:
    client = FakeClient("registry-base:1")
    with pytest.raises(SandboxError, match=r"(?s)tiny==1\.0.*run `pivotlab images build tiny`"):
        images.build_image(client, "tiny", progress=Said())
    assert list((checkout / "cache/pivotlab/wheels").iterdir()) == []
    put_wheel(checkout / "shelf")
    said = Said()
    images.build_image(client, "tiny", progress=said)
    assert "downloading wheels: 1 of 1" in said


def test_a_whole_download_is_reused(checkout: Path) -> None:
    put_wheel(checkout / "shelf")
    first = images.download_wheels("tiny", "x86_64", progress=Said())
    (checkout / "shelf/tiny-1.0-py3-none-any.whl").unlink()
    assert images.download_wheels("tiny", "x86_64", progress=Said()) == first
    assert [wheel.name for wheel in first.iterdir()] == ["tiny-1.0-py3-none-any.whl"]


def test_wheels_are_for_the_engines_machine_and_the_images_python(checkout: Path) -> None:
    for name in ("cp311-cp311-manylinux_2_36_aarch64", "cp312-cp312-manylinux_2_36_aarch64"):
        put_wheel(checkout / "shelf", f"tiny-1.0-{name}.whl")
    put_wheel(checkout / "shelf", "tiny-1.0-cp311-cp311-manylinux_2_37_aarch64.whl")
    put_wheel(checkout / "shelf", "tiny-1.0-cp311-cp311-manylinux_2_17_x86_64.whl")
    taken = images.download_wheels("tiny", "aarch64", progress=Said())
    assert [wheel.name for wheel in taken.iterdir()] == ["tiny-1.0-cp311-cp311-manylinux_2_36_aarch64.whl"]


def test_a_local_version_of_a_pin_is_taken(checkout: Path) -> None:
    (checkout / "environments/tiny.txt").write_text("tiny==1.0\n")
    with zipfile.ZipFile(checkout / "shelf/tiny-1.0+cpu-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tiny-1.0+cpu.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0+cpu\n")
        wheel.writestr("tiny-1.0+cpu.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n")
    taken = images.download_wheels("tiny", "x86_64", progress=Said())
    assert [wheel.name for wheel in taken.iterdir()] == ["tiny-1.0+cpu-py3-none-any.whl"]


def test_the_context_holds_the_dockerfile_the_pins_and_the_wheels_alone(checkout: Path) -> None:
    put_wheel(checkout / "shelf")
    client = FakeClient("registry-base:1")
    images.build_image(client, "tiny", progress=Said())
    with tarfile.open(fileobj=BytesIO(client.sent)) as context:
        assert context.getnames() == ["Dockerfile", "pins.txt", "wheels/tiny-1.0-py3-none-any.whl"]
        dockerfile = context.extractfile("Dockerfile")
        assert dockerfile is not None
        assert dockerfile.read().decode() == DOCKERFILE


def test_a_build_has_no_network_and_leaves_no_stage(checkout: Path) -> None:
    put_wheel(checkout / "shelf")
    client = FakeClient("registry-base:1")
    images.build_image(client, "tiny", progress=Said())
    assert client.options["network_mode"] == "none"
    assert client.options["rm"]
    assert client.options["forcerm"]
    assert client.images.pruned == 1


def test_a_build_tells_its_steps(checkout: Path) -> None:
    put_wheel(checkout / "shelf")
    said = Said()
    images.build_image(
        FakeClient("registry-base:1", events=({"stream": "Step 2/4 : FROM x"}, {"stream": "\n"})),
        "tiny",
        progress=said,
    )
    assert "step 2 of 4: FROM x" in said
    assert said.shares[-2:] == [0.25, 1.0]


def test_a_failed_build_shows_the_last_lines_of_the_failing_step_and_a_mend(checkout: Path) -> None:
    put_wheel(checkout / "shelf")
    lines = [{"stream": "Step 1/2 : FROM x"}, {"stream": "of step 1"}, {"stream": "Step 2/2 : RUN y"}]
    lines += [{"stream": f"line {number}\n"} for number in range(100)]
    client = FakeClient("registry-base:1", events=(*lines, {"error": "no space left on device"}))
    with pytest.raises(SandboxError, match=r"(?s)line 99\nno space left on device\nmend.*images build tiny") as caught:
        images.build_image(client, "tiny", progress=Said())
    assert "line 50\n" not in str(caught.value)
    assert "of step 1" not in str(caught.value)
    assert client.images.pruned == 1


def locks() -> list[Path]:
    return sorted((images.project_folder() / "environments").glob("*.txt"))


def test_every_environment_has_its_wishes_and_its_lock() -> None:
    folder = images.project_folder() / "environments"
    assert "core" in images.environment_names()
    assert images.environment_names() == sorted(path.stem for path in folder.glob("*.in"))


@pytest.mark.parametrize("lock", locks(), ids=lambda path: path.stem)
def test_a_lock_says_that_it_is_generated_and_how(lock: Path) -> None:
    head = lock.read_text().split("\n\n")[0]
    assert "autogenerated by pip-compile with Python 3.11" in head
    assert "make lock" in head


@pytest.mark.parametrize("lock", locks(), ids=lambda path: path.stem)
def test_a_lock_pins_each_package_exactly_once(lock: Path) -> None:
    lines = [line for line in lock.read_text().splitlines() if line and not line.lstrip().startswith("#")]
    pins = [re.fullmatch(r"([a-z0-9-]+)==([\w.+!]+)(\s+#.*)?", line) for line in lines]
    assert [line for line, pin in zip(lines, pins, strict=True) if pin is None] == []
    names = [pin[1] for pin in pins if pin]
    assert len(names) == len(set(names)) > 0


@pytest.mark.parametrize("lock", locks(), ids=lambda path: path.stem)
def test_a_lock_holds_all_that_people_asked_for(lock: Path) -> None:
    wanted = re.findall(r"^[a-z][^\s#]*", lock.with_suffix(".in").read_text(), re.MULTILINE)
    pinned = re.findall(r"^[a-z][^\s#]*", lock.read_text(), re.MULTILINE)
    assert wanted
    # A build of its own, as in torch==2.13.0+cpu, is still the version that was asked for.
    assert set(wanted) <= {pin.partition("+")[0] for pin in pinned}


def test_no_host_is_named_where_images_are_made() -> None:
    root = images.project_folder()
    files = [path for folder in ("docker", "environments") for path in (root / folder).iterdir() if path.is_file()]
    assert files
    assert [path.name for path in files if re.search(r"https?://", path.read_text())] == []


@pytest.fixture(scope="module")
def core(engine: docker.DockerClient) -> str:
    return images.require_image(engine, "core")


def run_in(engine: docker.DockerClient, image: str, *command: str) -> str:
    """What a command prints in a container of the image as it comes, with nothing taken from it or added to it."""
    container = engine.containers.create(image, list(command), network_mode="none")
    try:
        container.start()
        code = container.wait(timeout=120)["StatusCode"]
        printed: str = container.logs().decode()
        assert code == 0, printed
        return printed
    finally:
        container.remove(force=True)


@pytest.mark.docker
def test_the_core_image_is_listed_as_current(engine: docker.DockerClient, core: str) -> None:
    [info] = [info for info in images.list_images(engine) if info.name == core]
    assert (info.environment, info.current) == ("core", True)
    assert 500 < info.size_mb < 1500
    assert info.created.tzinfo is not None


@pytest.mark.docker
def test_a_base_is_not_listed_as_an_environment(engine: docker.DockerClient) -> None:
    assert "base" not in {info.environment for info in images.list_images(engine)}


@pytest.mark.docker
def test_the_core_image_runs_as_nobody_in_work(engine: docker.DockerClient, core: str) -> None:
    look = "import os; print(os.getresuid(), os.getresgid(), os.getcwd())"
    assert run_in(engine, core, "python", "-c", look).strip() == f"{(65534,) * 3} {(65534,) * 3} /work"


@pytest.mark.docker
def test_the_core_image_imports_what_labs_use_without_a_network(engine: docker.DockerClient, core: str) -> None:
    look = f"{CORE_IMPORTS}; import socket; print([name for _, name in socket.if_nameindex()])"
    assert run_in(engine, core, "python", "-W", "ignore", "-c", look).strip() == "['lo']"


@pytest.mark.docker
def test_the_core_image_holds_exactly_its_pins(engine: docker.DockerClient, core: str) -> None:
    look = (
        "import importlib.metadata as m; print(*sorted(f'{d.name}=={d.version}' for d in m.distributions()), sep='\\n')"
    )
    installed = {re.sub(r"[-_.]+", "-", line).lower() for line in run_in(engine, core, "python", "-c", look).split()}
    lock = (images.project_folder() / "environments/core.txt").read_text()
    assert installed == {re.sub(r"[-_.]+", "-", pin).lower() for pin in re.findall(r"^\w\S*==\S+", lock, re.MULTILINE)}


@pytest.mark.docker
def test_the_core_image_holds_nothing_of_the_grader_the_labs_or_the_tests(
    engine: docker.DockerClient, core: str
) -> None:
    search = r"find / -xdev -path /proc -prune -o \( -name grader -o -name labs -o -name 'lab.toml' -o -name 'hidden' \
        -o -path /work/\* -o -name test_images.py -o -path /wheels -o -path /pins.txt -o -path /opt/pip \) -print"
    assert run_in(engine, core, "sh", "-c", f"{search} 2>/dev/null || true").split() == []


@pytest.mark.docker
def test_the_core_image_is_compiled(engine: docker.DockerClient, core: str) -> None:
    look = (
        "import sysconfig, pathlib, importlib.util as u\n"
        "folders = [pathlib.Path(sysconfig.get_path('purelib')) / name for name in ('sklearn', 'pandas', 'mlflow')]\n"
        "folders.append(pathlib.Path(sysconfig.get_path('stdlib')) / 'json')\n"
        "files = [file for folder in folders for file in folder.rglob('*.py')]\n"
        "print(len(files) > 500, [file for file in files if not pathlib.Path(u.cache_from_source(file)).exists()])"
    )
    assert run_in(engine, core, "python", "-c", look).strip() == "True []"


@pytest.mark.docker
def test_building_a_current_image_changes_nothing(engine: docker.DockerClient, core: str) -> None:
    before = engine.images.get(core).id
    said = Said()
    assert images.build_image(engine, "core", progress=said) == core
    assert said.lines == [f"{core} is current"]
    assert engine.images.get(core).id == before


@pytest.mark.docker
def test_an_engine_that_refuses_a_name_is_our_failure(
    engine: docker.DockerClient, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIVOTLAB_BASE_IMAGE", "Not A Name")
    with pytest.raises(SandboxError, match=r"Docker could not build the image.*docker/engine\.sh"):
        images.build_image(engine, "tiny", progress=Said())


def test_an_address_without_an_engine_is_our_failure() -> None:
    # By TCP: when a Unix socket is not there, the SDK (7.2) leaves its own end open, and warnings are errors.
    nobody = docker.DockerClient(base_url="tcp://127.0.0.1:1", version="1.41")
    with pytest.raises(SandboxError, match=r"Docker could not list the images.*docker/engine\.sh"):
        images.list_images(nobody)
    nobody.close()
