"""The learner's program before it does anything: the imports that it was told."""

import pytest

from grader.sandbox import Start
from tests.cells import run_in


@pytest.mark.parametrize(
    ("imports", "loaded"),
    [
        (("wave",), True),
        (("no_such_module", "no_such_module.part", "json.no_such_part", "wave"), True),
        # No module, but what one has by that name, and loads when it is asked for.
        (("pydantic.BaseModel",), True),
        ((), False),
    ],
)
def test_it_imports_what_can_be_and_passes_over_the_rest(
    start: Start, imports: tuple[str, ...], *, loaded: bool
) -> None:
    said = run_in(start, "import sys; print('wave' in sys.modules or 'pydantic.main' in sys.modules)", imports)
    assert said == f"{loaded}\n"
