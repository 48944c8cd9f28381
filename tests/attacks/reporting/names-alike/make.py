"""Hands in notebooks whose names are one name to the eye, to some file systems, or to whoever writes files by name."""

import hashlib
import json
import unicodedata
from pathlib import Path

ALIKE = (
    "amina", "Amina", "AMINA", "amina ", " amina", "amina\u200b", "amina\u200d", "amina\u200e", "ami\u00adna", "amina\ufe0f",
    "\u0430mina", "\uff41mina", "am\u0131na", "amina\u202eanima", "amina.", "amina.ipynb", "amina\u034f", "amina\u3164",
    unicodedata.normalize("NFC", "Amélie"), unicodedata.normalize("NFD", "Amélie"),
    "amina/hw", "amina-hw", "amina_hw", "amina\\hw", "amina:hw", "aminа-hw", "-", "--", "...",
)  # fmt: skip


def place(folder: Path, notebook: bytes) -> None:
    refused = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}).encode()
    for name in (*ALIKE, *map(taken, ALIKE[:8])):
        file = folder / f"{name}.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.write_bytes(refused)
    # The one that the others would like to be.
    (folder / "amina.ipynb").write_bytes(notebook)


def taken(name: str) -> str:
    """The name that a report of such a name gets: readable, and a part of its hash."""
    return f"{name.strip('-. ')}-{hashlib.sha256(name.encode()).hexdigest()[:20]}"
