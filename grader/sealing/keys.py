"""Keys, each one line of text that fits a CI secret: made, read, told apart; it encrypts and signs nothing."""

import base64
import binascii
import hashlib
import os
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grader.errors import UsageError

ENVIRONMENT = "env"
"""What stands for a key's environment variable where a file can be named; a file of that name is ./env."""
KEY_BYTES = 32
_LINE_CHARACTERS = 1_000


class Use(StrEnum):
    """What a key is for."""

    BUNDLE = "bundle"
    SIGN = "sign"
    VERIFY = "verify"


VARIABLES = {Use.BUNDLE: "PIVOTLAB_KEY", Use.SIGN: "PIVOTLAB_SIGNING_KEY"}
FILES = {Use.BUNDLE: "bundle.key", Use.SIGN: "signing.key", Use.VERIFY: "signing.pub"}
_MEANINGS = {
    Use.BUNDLE: "the key of bundles", Use.SIGN: "the key that signs receipts",
    Use.VERIFY: "the public key that verifies receipts",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Key:
    """A key and what it is for; its content is in no representation, so in no traceback either."""

    use: Use
    content: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """16 hexadecimal digits that tell keys apart and nothing of their content; both keys of a pair have the same.

        A hash of 32 random bytes cannot be turned back.
        """
        content = public_half(self).content if self.use is Use.SIGN else self.content
        kind = Use.VERIFY if self.use is Use.SIGN else self.use
        return hashlib.sha256(f"pivotlab key id:{kind}:".encode() + content).hexdigest()[:16]

    def line(self) -> str:
        """The key as text: of signs that every CI's secrets take and mask."""
        return f"pivotlab:{self.use}:{base64.b64encode(self.content).decode()}"


def make_keys(folder: Path) -> dict[Use, Path]:
    """New keys of every use, a file each; only the public one is for others' eyes, and the files' modes say so.

    Raises UsageError when one is there already, for what it sealed would be lost, or none can be written.
    """
    signing = Key(use=Use.SIGN, content=secrets.token_bytes(KEY_BYTES))
    keys = [Key(use=Use.BUNDLE, content=secrets.token_bytes(KEY_BYTES)), signing, public_half(signing)]
    files = {key.use: folder / FILES[key.use] for key in keys}
    for file in files.values():
        if file.exists():
            raise UsageError(f"{file}: there is a key already, and none is written over; name another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for key in keys:
            mode = 0o644 if key.use is Use.VERIFY else 0o600
            with os.fdopen(os.open(files[key.use], os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as stream:
                stream.write(f"{key.line()}\n")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror or error}; name another folder") from error
    return files


def public_half(key: Key) -> Key:
    """The public key that verifies what a key signs."""
    public = Ed25519PrivateKey.from_private_bytes(key.content).public_key()
    return Key(use=Use.VERIFY, content=public.public_bytes_raw())


def is_set(use: Use) -> bool:
    """Whether the environment holds a key; a CI gives a secret that it withholds as an empty text."""
    return bool(os.environ.get(VARIABLES[use], "").strip())


def read_key(use: Use, place: str) -> Key:
    """A key from a file, or from its environment variable where `place` is ENVIRONMENT.

    Raises UsageError, which never quotes what is there.
    """
    if place != ENVIRONMENT:
        return read_key_file(use, Path(place))
    variable = VARIABLES[use]
    if not is_set(use):
        raise UsageError(f"{variable} is not set; it holds {_MEANINGS[use]}, which `pivotlab keys new DIR` makes")
    return _parse(use, os.environ[variable], variable)


def read_key_file(use: Use, file: Path) -> Key:
    """A key from a file. Raises UsageError, which never quotes what is there."""
    return _parse(use, _read_line(file), str(file))


def _read_line(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(_LINE_CHARACTERS).decode("ascii", errors="replace")
    except OSError as error:
        raise UsageError(
            f"{file}: cannot be read: {error.strerror or error}; `pivotlab keys new DIR` makes keys"
        ) from error


def _parse(use: Use, text: str, place: str) -> Key:
    ours, _, rest = text.strip().partition(":")
    kind, _, encoded = rest.partition(":")
    if ours != "pivotlab" or kind not in list(Use):
        raise UsageError(f"{place}: no key of Pivotlab; `pivotlab keys new DIR` makes {_MEANINGS[use]}")
    if kind != use:
        raise UsageError(f"{place}: {_MEANINGS[Use(kind)]}, where {_MEANINGS[use]} ({FILES[use]}) is needed")
    try:
        content = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if len(content) != KEY_BYTES:
        raise UsageError(f"{place}: a torn key; copy the whole line of {FILES[use]}")
    return Key(use=use, content=content)
