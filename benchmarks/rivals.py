"""What a user would pick instead, each run as its own documentation says, in one environment with the lab's own pins.

They run the same cells and the visible checks, for they have no way to run the hidden tests, and they isolate nothing.
"""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.material import Material
from grader.images import project_folder

ENVIRONMENT = Path("build/bench/rivals").absolute()
VERSIONS = ("nbgrader==0.9.6", "otter-grader==7.0.0", "ipykernel")
ASSIGNMENT = "lab"
_OTTER_TEST = """\
from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = 1


@test_case()
def test_check(env):
    exec({check!r}, env)
"""


def install() -> None:
    """Make the environment of the rivals, if it is not there."""
    done = ENVIRONMENT / "installed"
    if done.is_file():
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)
    pins = project_folder() / "environments" / "nlpcv.txt"
    python = ENVIRONMENT / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", pins, *VERSIONS], check=True)
    done.touch()


def run(command: Sequence[str | Path], folder: Path) -> None:
    """Run a command of the rivals' environment in a folder; end with what it said when it fails."""
    environment = os.environ | {
        "PATH": f"{ENVIRONMENT / 'bin'}:{os.environ['PATH']}", "OMP_NUM_THREADS": "1", "MPLBACKEND": "agg",
        "MLFLOW_DISABLE_TELEMETRY": "true",
    }  # fmt: skip
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")


class Script:
    """`python script.py`, the least that the cells can cost."""

    def __init__(self, material: Material, folder: Path) -> None:
        self._folder = _fresh(folder)
        material.put_data(folder)
        (folder / "script.py").write_text(material.script, encoding="utf-8")

    def grade(self) -> None:
        """Run it."""
        run(["python", "script.py"], self._folder)


class Nbconvert:
    """`jupyter nbconvert --execute`, the cells in a kernel and no grade."""

    def __init__(self, material: Material, folder: Path) -> None:
        self._folder = _fresh(folder)
        material.put_data(folder)
        (folder / "own.ipynb").write_bytes(material.submission.notebook)

    def grade(self) -> None:
        """Run it."""
        run(["jupyter", "nbconvert", "--to", "notebook", "--execute", "own.ipynb", "--output", "ran"], self._folder)


class Nbgrader:
    """`nbgrader autograde` of a course with one assignment and some submissions."""

    def __init__(self, material: Material, folder: Path, submissions: int = 1) -> None:
        self._folder = _fresh(folder)
        (folder / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "bench"\n')
        places = [folder / "source" / ASSIGNMENT]
        places += [folder / "submitted" / f"s{number:03}" / ASSIGNMENT for number in range(submissions)]
        for place in places:
            place.mkdir(parents=True)
            material.put_data(place)
            (place / f"{ASSIGNMENT}.ipynb").write_bytes(material.submission.notebook)
        run(["nbgrader", "generate_assignment", ASSIGNMENT, "--force"], folder)

    def grade(self) -> None:
        """Autograde all of them anew."""
        shutil.rmtree(self._folder / "autograded", ignore_errors=True)
        run(["nbgrader", "autograde", ASSIGNMENT, "--force"], self._folder)


class Otter:
    """`otter run` of some submissions, so many processes at a time."""

    def __init__(self, material: Material, folder: Path, submissions: int = 1, processes: int = 1) -> None:
        self._folder = _fresh(folder)
        self._submissions, self._processes = submissions, processes
        (folder / "own.ipynb").write_bytes(material.submission.notebook)
        with zipfile.ZipFile(folder / "autograder.zip", "w") as archive:
            archive.writestr("otter_config.json", json.dumps({"pdf": False, "lang": "python"}))
            for name, content in material.lab.data.items():
                archive.writestr(f"files/{name}", content)
            for cell in json.loads(material.submission.notebook)["cells"]:
                if check := cell["metadata"].get("pivotlab", {}).get("check"):
                    test = _OTTER_TEST.format(name=check, check="".join(cell["source"]))
                    archive.writestr(f"tests/{check}.py", test)

    def grade(self) -> None:
        """Run it."""
        with ThreadPoolExecutor(self._processes) as executor:
            list(executor.map(self._run, range(self._submissions)))

    def _run(self, number: int) -> None:
        out = self._folder.absolute() / f"out{number:03}"
        out.mkdir(exist_ok=True)
        run(["otter", "run", "-a", "autograder.zip", "-o", out, "own.ipynb"], self._folder)


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
