"""Receipts: what a grading found, signed (Ed25519) and bound to notebook, lab version and image; it grades nothing.

What is signed is the text `pivotlab receipt 1`, a line's end, and the object `receipt` as canonical JSON: keys sorted,
no spaces, all but ASCII as escapes, numbers as Python's `json` writes them. So openssl can verify one too.
"""

import base64
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import ValidationError

from grader import __version__
from grader.errors import ForgedError, UsageError
from grader.model import Frozen, Outcome, Report, Status
from grader.rendering import one_line
from grader.sealing.keys import Key

RECEIPT_BYTES = 1_000_000
_DOMAIN = b"pivotlab receipt 1\n"
_NAME_CHARACTERS = 500
_CHUNK_BYTES = 1 << 20


class Earned(Frozen):
    """What one hidden test was worth, by the title that learners read."""

    exercise: str
    title: str
    points: float
    earned: float
    outcome: Outcome


class Receipt(Frozen):
    """What is attested: of these bytes, by this version of the lab, in this image, this was found."""

    format: Literal[1] = 1
    submission: str
    learner: str
    """As the notebook's file or folder was called: whoever handed it in chose that."""
    notebook_sha256: str
    lab: str
    lab_title: str
    lab_version: str
    image: str
    score: float
    points: float
    results: tuple[Earned, ...]
    signed_at: datetime
    pivotlab: str
    key: str
    """Id of the key that signed it."""


class _File(Frozen):
    receipt: dict[str, Any]
    signature: str


def sign_report(report: Report, key: Key) -> bytes:
    """The receipt of a graded report, as a JSON file that learners may have. Raises ValueError for any other report."""
    if report.status is not Status.GRADED or report.score is None:
        raise ValueError(f"{report.submission} is {report.status}, and only a score is attested")
    receipt = Receipt(
        submission=one_line(report.submission, _NAME_CHARACTERS), learner=one_line(report.learner, _NAME_CHARACTERS),
        notebook_sha256=report.submission_digest, lab=report.lab, lab_title=report.lab_title,
        lab_version=report.lab_version, image=report.image, score=report.score, points=report.points,
        results=tuple(
            Earned(exercise=one.exercise, title=one.title, points=one.points, earned=one.earned, outcome=one.outcome)
            for one in report.results
        ),
        signed_at=datetime.now(UTC).replace(microsecond=0), pivotlab=__version__, key=key.id,
    )  # fmt: skip
    told = receipt.model_dump(mode="json")
    signature = Ed25519PrivateKey.from_private_bytes(key.content).sign(_signed(told))
    return json.dumps({"receipt": told, "signature": base64.b64encode(signature).decode()}, indent=2).encode() + b"\n"


def verify_receipt(file: Path, key: Key) -> Receipt:
    """A receipt that the public key's other half signed, every letter of it.

    Raises ForgedError when it is not, UsageError when the file is no receipt.
    """
    told, signature = _read(file)
    try:
        Ed25519PublicKey.from_public_bytes(key.content).verify(signature, _signed(told))
    except InvalidSignature:
        raise ForgedError(_explain(file, told, key)) from None
    try:
        return Receipt.model_validate(told)
    except ValidationError as error:
        raise UsageError(
            f"{file}: signed by key {key.id}, but by another version of Pivotlab; update this one"
        ) from error


def require_same_notebook(receipt: Receipt, file: Path, notebook: Path) -> None:
    """See that a receipt is of this very notebook. Raises ForgedError when it is of another, UsageError."""
    digest = hashlib.sha256()
    try:
        with notebook.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
    except OSError as error:
        raise UsageError(f"{notebook}: cannot be read: {error.strerror or error}") from error
    if digest.hexdigest() != receipt.notebook_sha256:
        raise ForgedError(
            f"{file}: of another notebook than {notebook}: its SHA-256 is {receipt.notebook_sha256}, "
            f"this one's {digest.hexdigest()}; it says nothing about this one"
        )


def _read(file: Path) -> tuple[dict[str, Any], bytes]:
    try:
        with file.open("rb") as stream:
            content = stream.read(RECEIPT_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from error
    if len(content) > RECEIPT_BYTES:
        raise UsageError(f"{file}: more than {RECEIPT_BYTES / 1e6:.0f} MB, which no receipt has; name the right file")
    try:
        document = json.loads(content, object_pairs_hook=_once_each, parse_constant=_refuse)
        read = _File.model_validate(document)
        return read.receipt, base64.b64decode(read.signature, validate=True)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file}: not a whole receipt of Pivotlab; `pivotlab grade --sign` writes them") from error


def _signed(told: dict[str, Any]) -> bytes:
    return _DOMAIN + json.dumps(told, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of a key that is there twice, one reader takes the first and another the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _explain(file: Path, told: dict[str, Any], key: Key) -> str:
    if told.get("key") != key.id:
        said = f"{file}: not signed by key {key.id}: it says that key {told.get('key')!r:.40} signed it"
        return f"{said}; take that one's public half, if it is your grader's"
    return f"{file}: altered since key {key.id} signed it, or never signed by it; it attests nothing"
