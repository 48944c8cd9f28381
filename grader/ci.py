"""The commands for the owner of a CI: make keys, pack a lab for a public repository, verify a receipt."""

import json
from pathlib import Path
from typing import Annotated

import typer

from grader.files import write_whole
from grader.labs import default_folder, load_lab
from grader.rendering import escape_unseen, tame
from grader.sealing.way import require_cryptography
from grader.terminal import JsonOption, LabsOption, out

PANEL = "For the owner of a CI"
app = typer.Typer()
keys_app = typer.Typer(no_args_is_help=True, help="Make the keys of bundles and receipts.")
app.add_typer(keys_app, name="keys", rich_help_panel=PANEL)


@keys_app.callback()
def keys() -> None:
    """Make the keys of bundles and receipts."""
    require_cryptography()


@keys_app.command("new", epilog="Example: `pivotlab keys new ~/pivotlab-keys`")
def keys_new(folder: Annotated[Path, typer.Argument(help="Folder for them, outside every repository.")]) -> int:
    """Make a key for bundles, and a pair for receipts; none is ever written over."""
    from grader.sealing.keys import Use, make_keys  # noqa: PLC0415 - cryptography is an extra

    files = make_keys(folder)
    _say(f"{files[Use.BUNDLE]}: secret; packs labs, and opens them as the CI's secret PIVOTLAB_KEY")
    _say(f"{files[Use.SIGN]}: secret; signs receipts, as the CI's secret PIVOTLAB_SIGNING_KEY")
    _say(f"{files[Use.VERIFY]}: for everybody who is to verify receipts")
    return 0


@app.command(
    rich_help_panel=PANEL, epilog="Example: `pivotlab pack analyst-to-ml/02-ramadan-encoding --key bundle.key`"
)
def pack(
    lab: Annotated[str, typer.Argument(help="PATH/LAB, as `pivotlab paths` names it.")],
    *,
    key: Annotated[str, typer.Option(help="File of the key, or `env` for PIVOTLAB_KEY.", metavar="FILE|env")] = "env",
    to: Annotated[Path | None, typer.Option("--out", help="The bundle; NN-LAB.bundle here when left out.")] = None,
    labs: LabsOption = None,
) -> int:
    """Pack a lab into one file that may lie in a public repository: its hidden tests are encrypted."""
    require_cryptography()
    from grader.sealing.bundle import seal_lab  # noqa: PLC0415 - cryptography is an extra
    from grader.sealing.keys import Use, read_key  # noqa: PLC0415

    loaded, secret = load_lab(labs or default_folder(), lab), read_key(Use.BUNDLE, key)
    file = to or Path(f"{lab.rpartition('/')[2]}.bundle")
    write_whole({file: seal_lab(loaded, secret)}, mend="see to room and permissions, or name another file with --out")
    _say(f"{file}: {loaded.id}, version {loaded.version}, sealed with key {secret.id}")
    return 0


@app.command(
    "verify-receipt", rich_help_panel=PANEL,
    epilog="Example: `pivotlab verify-receipt amal.receipt.json --public-key signing.pub --notebook amal.ipynb`",
)  # fmt: skip
def verify(
    receipt: Annotated[Path, typer.Argument(help="What `pivotlab grade --sign` wrote.", metavar="RECEIPT")],
    *,
    public_key: Annotated[Path, typer.Option(help="The public key of who graded.", metavar="FILE")],
    notebook: Annotated[Path | None, typer.Option(help="Also see that it is of this very notebook.")] = None,
    as_json: JsonOption = False,
) -> int:
    """See whether a receipt is whole and signed, and what it attests; no network, engine or lab is needed.

    Exit code: 0 it holds, 1 it was altered, or is of another key or notebook, 2 it is no receipt.
    """
    require_cryptography()
    from grader.sealing.keys import Use, read_key_file  # noqa: PLC0415 - cryptography is an extra
    from grader.sealing.receipt import require_same_notebook, verify_receipt  # noqa: PLC0415

    found = verify_receipt(receipt, read_key_file(Use.VERIFY, public_key))
    if notebook is not None:
        require_same_notebook(found, receipt, notebook)
    if as_json:
        print(escape_unseen(json.dumps(found.model_dump(mode="json"), indent=2)))  # noqa: T201 - without wrapping
        return 0
    compared = f"the same as {notebook}" if notebook else "not compared; say --notebook FILE"
    _say(f"{receipt}: holds, signed by key {found.key}")
    _say(f"  notebook  {found.submission}, SHA-256 {found.notebook_sha256} ({compared})")
    _say(f"  lab       {found.lab}, version {found.lab_version}")
    _say(f"  image     {found.image}")
    _say(f"  score     {found.score:g} of {found.points:g} points")
    _say(f"  signed    {found.signed_at:%Y-%m-%d %H:%M} UTC, by Pivotlab {found.pivotlab}")
    _say("It attests that who has the signing key graded this notebook so. It does not say who wrote the notebook.")
    return 0


def find_environment(wanted: str, labs: Path | None) -> str:
    """The environment of that name, or the one that the lab of that id or the bundle in that file needs.

    Raises UsageError.
    """
    if Path(wanted).is_file():
        require_cryptography()
        from grader.sealing.bundle import read_bundle  # noqa: PLC0415 - cryptography is an extra

        return read_bundle(Path(wanted)).public.environment
    return load_lab(labs or default_folder(), wanted).environment if "/" in wanted else wanted


def _say(text: str) -> None:
    out.print(tame(text), markup=False, highlight=False, soft_wrap=True)
