"""Keys, bundles and receipts: what is opened and verified, and that nothing tampered with is."""

import base64
import json
import stat
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from grader.errors import ForgedError, UsageError
from grader.labs import load_lab
from grader.model import Lab, Report
from grader.sealing.bundle import BUNDLE_BYTES, open_bundle, open_where_key, read_bundle, seal_lab
from grader.sealing.keys import Key, Use, make_keys, public_half, read_key, read_key_file
from grader.sealing.receipt import require_same_notebook, sign_report, verify_receipt
from grader.sealing.way import Way
from tests.test_report import rejected, report

KEY = Key(use=Use.BUNDLE, content=bytes(range(32)))
SIGNING = Key(use=Use.SIGN, content=bytes(range(1, 33)))
PUBLIC = public_half(SIGNING)
LABS = Path(__file__).parent.parent / "labs"


@pytest.fixture
def bundle(tmp_path: Path, lab: Lab) -> Path:
    file = tmp_path / "sums.bundle"
    file.write_bytes(seal_lab(lab, KEY))
    return file


def signed(folder: Path, name: str = "amal", **more: Any) -> Path:
    file = folder / f"{name}.receipt.json"
    file.write_bytes(sign_report(report(submission=name, **more), SIGNING))
    return file


def change(file: Path, edit: Callable[[Any], None]) -> None:
    document = json.loads(file.read_bytes())
    edit(document)
    file.write_text(json.dumps(document))


def test_new_keys_are_read_back_and_only_the_public_one_is_for_others_eyes(tmp_path: Path) -> None:
    files = make_keys(tmp_path / "keys")

    found = {use: read_key_file(use, file) for use, file in files.items()}
    assert public_half(found[Use.SIGN]) == found[Use.VERIFY]
    assert found[Use.SIGN].id == found[Use.VERIFY].id != found[Use.BUNDLE].id
    modes = {use: stat.S_IMODE(file.stat().st_mode) & 0o077 for use, file in files.items()}
    assert modes[Use.BUNDLE] == modes[Use.SIGN] == 0
    assert len({file.read_bytes() for file in files.values()}) == 3


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    for file in make_keys(tmp_path / "first").values():
        place = tmp_path / file.stem / file.suffix
        place.mkdir(parents=True)
        (place / file.name).write_bytes(file.read_bytes())
        with pytest.raises(UsageError, match="none is written over"):
            make_keys(place)
        assert [one.read_bytes() for one in place.iterdir()] == [file.read_bytes()]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no key of Pivotlab"), ("hello", "no key of Pivotlab"), ("pivotlab:other:AAAA", "no key of Pivotlab"),
        (PUBLIC.line(), "the public key that verifies receipts, where the key of bundles"),
        (KEY.line()[:-8], "a torn key"), (KEY.line() + "AAAA", "a torn key"), ("pivotlab:bundle:§§§§", "a torn key"),
    ],
)  # fmt: skip
def test_what_is_no_key_or_another_is_told_and_never_quoted(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "key").write_text(text)
    with pytest.raises(UsageError, match=said) as told:
        read_key(Use.BUNDLE, str(tmp_path / "key"))
    assert text[16:] not in str(told.value) or not text[16:]


def test_a_key_comes_from_its_variable_and_a_withheld_secret_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIVOTLAB_KEY", f" {KEY.line()}\n")
    assert read_key(Use.BUNDLE, "env") == KEY
    monkeypatch.setenv("PIVOTLAB_KEY", "")
    with pytest.raises(UsageError, match="PIVOTLAB_KEY is not set"):
        read_key(Use.BUNDLE, "env")


def test_no_traceback_shows_a_key() -> None:
    assert base64.b64encode(KEY.content).decode() not in repr(KEY)
    assert str(KEY.content)[2:-1] not in repr(KEY)


@pytest.mark.parametrize("name", ["counting/01-sums", "analyst-to-ml/02-ramadan-encoding"])
def test_a_lab_comes_back_whole(tmp_path: Path, lab: Lab, name: str) -> None:
    packed = lab if name == lab.id else load_lab(LABS, name)
    (tmp_path / "b").write_bytes(seal_lab(packed, KEY))
    assert open_bundle(read_bundle(tmp_path / "b"), KEY) == packed


def test_what_is_secret_is_not_in_the_file_and_what_learners_have_is(tmp_path: Path, bundle: Path, lab: Lab) -> None:
    content = bundle.read_bytes()
    for test in lab.tests():
        assert test.name.encode() not in content
    for secret in (*lab.hidden.values(), *(answer.encode() for answer in lab.reference.values())):
        assert secret not in content
    assert b"return a + b + c" not in content
    assert lab.notebook in content
    public = read_bundle(bundle).public
    assert (public.id, public.version, public.notebook, public.data) == (lab.id, lab.version, lab.notebook, lab.data)
    assert (public.hidden, public.reference, public.points) == ({}, {}, lab.points)


def test_two_bundles_of_one_lab_have_nothing_in_common_that_is_sealed(lab: Lab, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(seal_lab(lab, KEY))
    first, second = read_bundle(tmp_path / "a"), read_bundle(tmp_path / "b")
    assert first.salt != second.salt
    assert sum(one == other for one, other in zip(first.sealed, second.sealed, strict=True)) < len(first.sealed) / 10


def test_another_key_is_told_from_damage(bundle: Path) -> None:
    other = Key(use=Use.BUNDLE, content=bytes(32))
    with pytest.raises(UsageError, match=f"sealed with key {KEY.id}, and this is key {other.id}"):
        open_bundle(read_bundle(bundle), other)


def test_every_byte_is_watched(bundle: Path) -> None:
    whole = bundle.read_bytes()
    for place in range(len(whole)):
        bundle.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(UsageError):
            open_bundle(read_bundle(bundle), KEY)


def test_a_bundle_that_ends_early_is_torn_wherever_it_ends(bundle: Path) -> None:
    whole = bundle.read_bytes()
    for size in [*range(200), *range(200, len(whole), 97), len(whole) - 1]:
        bundle.write_bytes(whole[:size])
        with pytest.raises(UsageError, match=r"torn|not a bundle"):
            read_bundle(bundle)
    bundle.write_bytes(whole + b"x")
    with pytest.raises(UsageError, match=rf"torn bundle: it has {len(whole) + 1} bytes of {len(whole)}"):
        read_bundle(bundle)


def test_a_bundle_of_another_format_says_so(bundle: Path) -> None:
    whole = bundle.read_bytes()
    bundle.write_bytes(whole[:16] + struct.pack(">H", 2) + whole[18:])
    with pytest.raises(UsageError, match="a bundle of format 2, and this Pivotlab reads format 1"):
        read_bundle(bundle)


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "a\\..\\x", "a\0"])
def test_a_file_of_the_public_section_stays_below_its_folder(bundle: Path, name: str) -> None:
    # Without the key nobody can see that this section was changed.
    whole = bundle.read_bytes()
    start = 16 + struct.calcsize(">HQQ8s32s")
    (length,) = struct.unpack_from(">I", whole, start)
    described = json.loads(whole[start + 4 : start + 4 + length])
    described["files"][1]["name"] = name
    changed = json.dumps(described).encode()
    public = struct.pack(">I", len(changed)) + changed + whole[start + 4 + length :]
    sizes = struct.pack(">Q", struct.unpack_from(">Q", whole, 18)[0] + len(changed) - length)
    bundle.write_bytes(whole[:18] + sizes + whole[26:start] + public)
    with pytest.raises(UsageError, match="torn bundle"):
        read_bundle(bundle)


def test_a_gigabyte_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "big").open("wb") as stream:
        stream.truncate(1_000_000_000)
    with pytest.raises(UsageError, match="more than 100 MB"):
        read_bundle(tmp_path / "big")
    with pytest.raises(UsageError, match="more than 1 MB"):
        verify_receipt(tmp_path / "big", PUBLIC)


def test_a_lab_too_large_for_a_repository_is_not_packed(lab: Lab) -> None:
    with pytest.raises(UsageError, match="give the lab less data"):
        seal_lab(lab.model_copy(update={"data": {"big": bytes(BUNDLE_BYTES)}}), KEY)


def test_without_a_key_the_lab_is_what_learners_have(bundle: Path, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIVOTLAB_KEY", raising=False)
    assert open_where_key(bundle)[1] is False
    monkeypatch.setenv("PIVOTLAB_KEY", KEY.line())
    assert open_where_key(bundle) == (lab, True)


def test_hidden_tests_of_a_bundle_do_not_travel_to_a_cluster(lab: Lab) -> None:
    class Elsewhere:
        """What is no launcher of this machine."""

        isolates = True

    for way in (Way(lab=lab, is_open=True), Way(lab=lab)):
        with pytest.raises(UsageError, match="not on a cluster"):
            way.require_fit(Elsewhere())  # type: ignore[arg-type]
    Way(signing=SIGNING).require_fit(Elsewhere())  # type: ignore[arg-type]


def test_a_receipt_says_what_the_report_says(tmp_path: Path) -> None:
    receipt = verify_receipt(signed(tmp_path), PUBLIC)

    graded = report(submission="amal")
    assert (receipt.score, receipt.points, receipt.key) == (graded.score, graded.points, PUBLIC.id)
    assert (receipt.notebook_sha256, receipt.lab_version, receipt.image) == (
        graded.submission_digest, graded.lab_version, graded.image,
    )  # fmt: skip
    assert [(one.title, one.earned) for one in receipt.results] == [(one.title, one.earned) for one in graded.results]
    assert "SECRET" not in (tmp_path / "amal.receipt.json").read_text()
    assert "test_of" not in (tmp_path / "amal.receipt.json").read_text()


@pytest.mark.parametrize("key", ["submission", "notebook_sha256", "lab", "lab_version", "image", "score", "points",
                                 "results", "signed_at", "pivotlab"])  # fmt: skip
def test_nothing_of_a_receipt_can_be_changed(tmp_path: Path, key: str) -> None:
    file = signed(tmp_path)
    change(file, lambda document: document["receipt"].update({key: 20.0 if key == "score" else "x"}))
    with pytest.raises(ForgedError, match="altered"):
        verify_receipt(file, PUBLIC)


def test_signatures_of_two_receipts_cannot_be_swapped(tmp_path: Path) -> None:
    first, second = signed(tmp_path, "amal"), signed(tmp_path, "basma", results=())
    told = json.loads(second.read_bytes())["signature"]
    change(first, lambda document: document.update(signature=told))
    with pytest.raises(ForgedError, match="altered"):
        verify_receipt(first, PUBLIC)


def test_a_receipt_of_another_notebook_says_nothing_of_this_one(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(b"other")
    receipt = verify_receipt(signed(tmp_path), PUBLIC)
    with pytest.raises(ForgedError, match="of another notebook"):
        require_same_notebook(receipt, tmp_path / "amal.receipt.json", tmp_path / "a.ipynb")


def test_another_key_signs_nothing_for_us_whatever_id_it_gives_itself(tmp_path: Path) -> None:
    other = Key(use=Use.SIGN, content=bytes(32))
    file = tmp_path / "r.json"
    file.write_bytes(sign_report(report(), other))
    with pytest.raises(ForgedError, match=f"not signed by key {PUBLIC.id}: it says that key '{other.id}' signed it"):
        verify_receipt(file, PUBLIC)
    change(file, lambda document: document["receipt"].update(key=PUBLIC.id))
    with pytest.raises(ForgedError, match="altered"):
        verify_receipt(file, PUBLIC)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"\xff", b"{}", b'{"receipt": 1, "signature": "AA=="}', b'{"receipt": {}, "signature": "*"}',
        b'{"receipt": {}, "signature": 7}', b'{"receipt": {}, "signature": "AA==", "more": 1}', b"[" * 100_000,
        b'{"receipt": {"score": NaN}, "signature": "AA=="}',
        b'{"receipt": {"score": 1, "score": 9}, "signature": "AA=="}',
    ],
)  # fmt: skip
def test_what_is_no_receipt_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "r").write_bytes(content)
    with pytest.raises(UsageError, match="not a whole receipt"):
        verify_receipt(tmp_path / "r", PUBLIC)


def test_a_torn_receipt_never_holds(tmp_path: Path) -> None:
    file = signed(tmp_path)
    whole = file.read_bytes().rstrip()
    for size in range(0, len(whole), 29):
        file.write_bytes(whole[:size])
        with pytest.raises(UsageError):
            verify_receipt(file, PUBLIC)


def test_what_is_signed_can_be_made_again_by_anybody(tmp_path: Path) -> None:
    document = json.loads(signed(tmp_path, "أمل\udcff\n").read_bytes())
    canonical = json.dumps(document["receipt"], sort_keys=True, separators=(",", ":")).encode("ascii")
    content = base64.b64decode(PUBLIC.line().rpartition(":")[2])
    Ed25519PublicKey.from_public_bytes(content).verify(
        base64.b64decode(document["signature"]), b"pivotlab receipt 1\n" + canonical
    )


@pytest.mark.parametrize("unscored", [rejected(), report(status="ungraded"), report(status="checked")])
def test_only_a_score_is_attested(unscored: Report) -> None:
    with pytest.raises(ValueError, match="only a score"):
        sign_report(unscored, SIGNING)
