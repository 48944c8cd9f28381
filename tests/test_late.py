"""What libraries load late: read from the file that people edit, and true of the images."""

import subprocess
from collections.abc import Callable

import pytest

from grader.containers import Run
from grader.late import late_imports, read_late


def test_a_lab_gets_what_all_that_it_imports_loads_late() -> None:
    assert late_imports(("json", "sklearn.pipeline")) == ()
    pandas = late_imports(("pandas",))
    both = late_imports(("pandas.api", "sklearn.pipeline"))
    assert "pandas.io.formats.html" in pandas
    assert set(pandas) < set(both)
    assert len(both) == len(set(both))


@pytest.mark.docker
def test_every_module_of_the_file_is_in_an_image_that_has_its_packages(runs: Callable[[str], Run]) -> None:
    named = sorted({name for one in read_late() for name in one.modules})
    source = (
        "import importlib, sys, warnings\n"
        "warnings.simplefilter('ignore')\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        "print('all of them')"
    )
    command = ["docker", "run", "--rm", "--network", "none", "--tmpfs", "/tmp", "--env", "HOME=/tmp"]
    said = subprocess.check_output([*command, runs("nlpcv").image, "python", "-c", source, *named], text=True)
    assert said == "all of them\n"
