"""The commands for authors of labs: make a notebook, prove a lab, measure its floors."""

import importlib.util
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from grader.errors import LabError, UsageError
from grader.labs import START_NOTEBOOK, default_folder, lab_folder, list_labs, load_lab, start_notebook
from grader.launch import Kind, Launcher, StartKind
from grader.notebook import fill, read_answers
from grader.terminal import LabsOption, RuntimeOption, StartOption, count_progress, how_to_install, out

PANEL = "For authors of labs"
app = typer.Typer()


@app.command(rich_help_panel=PANEL, epilog="Example: `pivotlab notebook analyst-to-ml/02-ramadan-encoding --check`")
def notebook(
    lab: Annotated[str | None, typer.Argument(help="PATH/LAB; all of them when left out.")] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail when one is stale.")] = False,
    samples: Annotated[Path | None, typer.Option(help="Write the lab's sample submissions to this folder.")] = None,
    labs: LabsOption = None,
) -> int:
    """Make start.ipynb from source.py, for authors."""
    folder = labs or default_folder()
    for name in [lab] if lab else list_labs(folder):
        place = lab_folder(folder, name)
        fresh = start_notebook(folder, name)
        if check and _read_if_there(place / START_NOTEBOOK) != fresh:
            raise LabError(f"{place / START_NOTEBOOK}: older than its source.py; run: pivotlab notebook {name}")
        if not check:
            (place / START_NOTEBOOK).write_bytes(fresh)
        if samples is not None:
            _write_samples(place, fresh, samples)
    return 0


@app.command(rich_help_panel=PANEL, epilog="Example: `pivotlab verify analyst-to-ml/02-ramadan-encoding`")
def verify(  # noqa: PLR0913 - each is an option
    lab: Annotated[list[str] | None, typer.Argument(help="PATH/LAB...; all of them when left out.")] = None,
    *,
    turn: Annotated[
        int | None, typer.Option(help="Only labs without a current proof, and so many others, by the day.", min=0)
    ] = None,
    table: Annotated[Path | None, typer.Option(help="Write the table of all labs into this Markdown file.")] = None,
    sandbox: Annotated[Kind, typer.Option(help="What answers run in.")] = Kind.AUTO,
    runtime: RuntimeOption = None,
    start: StartOption = StartKind.AUTO,
    labs: LabsOption = None,
) -> int:
    """Prove that labs are sound, for authors: what must pass passes, what must fail fails, and mutants die.

    A lab that is sound gets a new proof.json. Exit code: 0 all are sound, 3 one is not, 4 something could not be tried.
    """
    _require_mutmut()
    from grader.soundness.catalogue import choose_turn, read_catalogue, write_table  # noqa: PLC0415 - for authors alone

    folder = labs or default_folder()
    with Launcher(sandbox, runtime, start=start) as launcher:
        chosen = lab or (list_labs(folder) if turn is None else choose_turn(folder, others=turn))
        environments = {name: load_lab(folder, name).environment for name in chosen}
        images = launcher.images(set(environments.values()))
        sound = [_verify_one(folder, name, launcher, images[environments[name]]) for name in chosen]
    if table is not None:
        write_table(read_catalogue(folder), table)
    return 0 if all(sound) else LabError.exit_code


@app.command(rich_help_panel=PANEL, epilog="Example: `pivotlab calibrate analyst-to-ml/03-supervised`")
def calibrate(
    lab: Annotated[str, typer.Argument(help="PATH/LAB whose metrics get their floors.")],
    *,
    sandbox: Annotated[Kind, typer.Option(help="What the reference runs in.")] = Kind.AUTO,
    labs: LabsOption = None,
) -> int:
    """Measure the reference's metrics over 20 seeds, and write their floors into hidden/floors.json, for authors."""
    _require_mutmut()
    from grader.soundness.calibration import SEEDS, calibrate_lab  # noqa: PLC0415 - as above

    folder = labs or default_folder()
    loaded = load_lab(folder, lab)
    with Launcher(sandbox, None) as launcher, count_progress() as progress:
        image = launcher.images([loaded.environment])[loaded.environment]
        task = progress.add_task("Calibrating", total=len(SEEDS))
        with ThreadPoolExecutor(max_workers=launcher.workers) as executor:
            rows = calibrate_lab(
                loaded, lab_folder(folder, lab), launcher.sandboxes(image), executor,
                tell=lambda: progress.advance(task),
            )  # fmt: skip
    shown = Table("Test", "Metric", "Mean", "SD", "Lowest", "Floor", "False fails")
    for row in rows:
        shown.add_row(*row)
    out.print(shown)
    return 0


def _require_mutmut() -> None:
    if importlib.util.find_spec("mutmut") is None:
        raise UsageError(f"mutmut is not installed, which makes the mutants; {how_to_install('authors')}")


def _verify_one(folder: Path, name: str, launcher: Launcher, image: str) -> bool:
    """Whether a lab is sound; a new proof is written where it is, and its findings are shown where not."""
    from grader.soundness.proof import write_proof  # noqa: PLC0415 - as above
    from grader.soundness.verification import Ground, verify_lab  # noqa: PLC0415

    with count_progress() as progress, ThreadPoolExecutor(max_workers=launcher.workers) as executor:
        task = progress.add_task(name, total=None)

        def tell(done: int, asked: int) -> None:
            progress.update(task, completed=done, total=asked)

        verdict = verify_lab(Ground(labs=folder, sandboxes=launcher.sandboxes(image), executor=executor), name, tell)
    if verdict.proof is not None and not verdict.findings:
        write_proof(verdict.proof, lab_folder(folder, name))
    for finding in verdict.findings:
        out.print(f"{name}: {finding}", markup=False, highlight=False, soft_wrap=True)
    said = "unsound" if verdict.findings else "sound"
    figures = verdict.proof.summary if verdict.proof is not None else "its reference fails, so nothing else was tried"
    out.print(f"{name}: {said}; {figures}", markup=False, highlight=False, soft_wrap=True)
    return not verdict.findings


def _write_samples(place: Path, start: bytes, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    reference = read_answers((place / "source.py").read_text(encoding="utf-8"))
    for sample in sorted((place / "samples").glob("*.py")):
        answers = reference | read_answers(sample.read_text(encoding="utf-8"))
        (folder / f"{sample.stem}.ipynb").write_bytes(fill(start, answers))


def _read_if_there(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
