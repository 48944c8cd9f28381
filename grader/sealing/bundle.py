"""A lab as one file that may lie in public: what learners have in the clear, the hidden tests encrypted.

The file: a fixed prefix (`_Prefix`), the public section, the sealed section. AES-256-GCM, with prefix and public
section as associated data, so that who has the key sees every byte that was changed. Its key is derived anew for each
bundle (HKDF-SHA256, 32 random bytes of salt), so no nonce is used twice. Nothing of a bundle is ever unpickled.
"""

import json
import secrets
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from grader.errors import UsageError
from grader.model import Frozen, Lab
from grader.sealing.keys import ENVIRONMENT, Key, Use, is_set, read_key

BUNDLE_BYTES = 100_000_000
"""GitHub takes no larger file into a repository."""
FORMAT = 1
_MAGIC = b"pivotlab-bundle\n"
_FORMAT = struct.Struct(">16sH")
_PREFIX = struct.Struct(">16sHQQ8s32s")
_LENGTH = struct.Struct(">I")
# The key is used once, so a fixed nonce is never used twice with it.
_NONCE = bytes(12)
_TAG_BYTES = 16
_SEALED_FIELDS = {"exercises", "reference"}
_FILES_FIELDS = {"notebook", "data", "hidden"}


class _Prefix(NamedTuple):
    magic: bytes
    format: int
    public_bytes: int
    sealed_bytes: int
    key_id: bytes
    salt: bytes


def _require_below(name: str) -> str:
    # Anybody can change the public section for those who have no key, and a plain process would write where it says.
    if name.startswith("/") or {"\\", "\0"} & set(name) or ".." in name.split("/"):
        raise ValueError("it leads out of its folder")
    return name


class _File(Frozen):
    """A file of a section; its content follows the section's description."""

    field: Literal["notebook", "data", "hidden"]
    name: Annotated[str, StringConstraints(max_length=500), AfterValidator(_require_below)]
    size: int = Field(ge=0, le=BUNDLE_BYTES)


class _Described(Frozen):
    """What a section says of itself."""

    lab: dict[str, Any]
    files: tuple[_File, ...]


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A bundle that was read and not opened."""

    file: Path
    public: Lab
    """The lab as learners have it: no hidden test, no answer, tests without their names. Without the key, unproven."""
    key_id: str
    salt: bytes
    associated: bytes
    sealed: bytes


def seal_lab(lab: Lab, key: Key) -> bytes:
    """The bundle of a lab. Raises UsageError when it is larger than BUNDLE_BYTES."""
    described = lab.model_dump(mode="json", by_alias=True, exclude=_FILES_FIELDS)
    public = _write_section(
        described | _without_secrets(described),
        [("notebook", "", lab.notebook), *(("data", name, content) for name, content in lab.data.items())],
    )
    sealed = _write_section(
        {name: described[name] for name in _SEALED_FIELDS},
        [("hidden", name, content) for name, content in lab.hidden.items()],
    )
    salt = secrets.token_bytes(32)
    prefix = _Prefix(_MAGIC, FORMAT, len(public), len(sealed) + _TAG_BYTES, bytes.fromhex(key.id), salt)
    associated = _PREFIX.pack(*prefix) + public
    content = associated + _cipher(key, salt).encrypt(_NONCE, sealed, associated)
    if len(content) > BUNDLE_BYTES:
        raise UsageError(f"{lab.id}: its bundle has {len(content) / 1e6:.0f} MB, more than {BUNDLE_BYTES / 1e6:.0f}; "
                         "give the lab less data")  # fmt: skip
    return content


def read_bundle(file: Path) -> Bundle:
    """A bundle, unopened. Raises UsageError with the mend when the file is none, torn, or of another format."""
    content = _read(file)
    if len(content) < _FORMAT.size or content[: len(_MAGIC)] != _MAGIC:
        raise UsageError(f"{file}: not a bundle of Pivotlab; `pivotlab pack PATH/LAB` makes one")
    _, found = _FORMAT.unpack_from(content)
    if found != FORMAT:
        raise UsageError(
            f"{file}: a bundle of format {found}, and this Pivotlab reads format {FORMAT}; pack the lab again"
        )
    if len(content) < _PREFIX.size:
        raise _torn(file, f"it ends after {len(content)} bytes")
    prefix = _Prefix(*_PREFIX.unpack_from(content))
    promised = _PREFIX.size + prefix.public_bytes + prefix.sealed_bytes
    if len(content) != promised:
        raise _torn(file, f"it has {len(content)} bytes of {promised}")
    associated = content[: _PREFIX.size + prefix.public_bytes]
    try:
        public = _read_lab({}, associated[_PREFIX.size :])
    except ValueError as error:
        raise _torn(file, "what it says of the lab cannot be read") from error
    return Bundle(
        file=file, public=public, key_id=prefix.key_id.hex(), salt=prefix.salt,
        associated=associated, sealed=content[len(associated) :],
    )  # fmt: skip


def open_bundle(bundle: Bundle, key: Key) -> Lab:
    """The whole lab, in memory. Raises UsageError for another key, and for a bundle that was altered."""
    if key.id != bundle.key_id:
        raise UsageError(f"{bundle.file}: sealed with key {bundle.key_id}, and this is key {key.id}; "
                         "take the one that it was packed with, or pack it again")  # fmt: skip
    try:
        sealed = _cipher(key, bundle.salt).decrypt(_NONCE, bundle.sealed, bundle.associated)
        return _read_lab(bundle.public.model_dump(by_alias=True), sealed)
    except (InvalidTag, ValueError) as error:
        raise UsageError(
            f"{bundle.file}: altered or damaged since it was packed; get it again, or pack it again"
        ) from error


def open_where_key(file: Path) -> tuple[Lab, bool]:
    """The whole lab and True where the environment holds a key; else the lab as learners have it, and False.

    Raises UsageError as the other two do.
    """
    bundle = read_bundle(file)
    if not is_set(Use.BUNDLE):
        return bundle.public, False
    return open_bundle(bundle, read_key(Use.BUNDLE, ENVIRONMENT)), True


def _cipher(key: Key, salt: bytes) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"pivotlab bundle 1").derive(key.content)
    return AESGCM(derived)


def _without_secrets(described: dict[str, Any]) -> dict[str, Any]:
    """Titles and points are told with every report; the names of tests are not, nor the author's answers."""
    exercises = [
        exercise | {"test": [test | {"name": f"test_{number}"} for number, test in enumerate(exercise["test"], 1)]}
        for exercise in described["exercises"]
    ]
    return {"exercises": exercises, "reference": {}}


def _write_section(lab: dict[str, Any], files: list[tuple[str, str, bytes]]) -> bytes:
    told = {
        "lab": lab,
        "files": [{"field": field, "name": name, "size": len(content)} for field, name, content in files],
    }
    described = json.dumps(told).encode()
    return b"".join([_LENGTH.pack(len(described)), described, *(content for _, _, content in files)])


def _read_lab(known: dict[str, Any], section: bytes) -> Lab:
    """What is known of a lab, and what a section adds. Raises ValueError for anything that is no section of ours."""
    if len(section) < _LENGTH.size:
        raise ValueError("it is too short")
    (length,) = _LENGTH.unpack_from(section)
    start = _LENGTH.size + length
    try:
        described = _Described.model_validate_json(section[_LENGTH.size : start])
    except ValidationError as error:
        raise ValueError("its description cannot be read") from error
    if start + sum(file.size for file in described.files) != len(section):
        raise ValueError("its files are not as long as it says")
    whole: dict[str, Any] = {"data": {}, "hidden": {}} | known | described.lab
    for file in described.files:
        content = section[start : start + file.size]
        start += file.size
        if file.field == "notebook":
            whole["notebook"] = content
        else:
            whole[file.field] = whole[file.field] | {file.name: content}
    return Lab.model_validate(whole)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            content = stream.read(BUNDLE_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"{file}: cannot be read: {error.strerror or error}; `pivotlab pack PATH/LAB` makes one"
        ) from error
    if len(content) > BUNDLE_BYTES:
        raise UsageError(f"{file}: more than {BUNDLE_BYTES / 1e6:.0f} MB, which no bundle has; name the right file")
    return content


def _torn(file: Path, what: str) -> UsageError:
    return UsageError(f"{file}: a torn bundle: {what}; get it again, or pack it again")
