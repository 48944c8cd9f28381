"""A Jupyter server of a test's own, on the loopback with folders of its own, and a tab of a real Chromium."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.test_browser import MEND, NAMES

TOKEN = "a-token-of-this-test"
PATIENCE = 60


@contextmanager
def jupyter(
    arguments: Sequence[str], home: Path, *, folder: Path, extensions: Sequence[str] = (), **environment: str
) -> Iterator[str]:
    """The address of a server that `python -m` and the arguments start in a folder; it ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment |= write_settings(home, port, extensions)
    with (home / "log").open("w+") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments], cwd=folder, env=os.environ | environment,
            stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address, process, Path(log.name))
            yield address
        finally:
            end(process)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask a server to end, and end it when it does not."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(PATIENCE)


def write_settings(home: Path, port: int, extensions: Sequence[str]) -> Mapping[str, str]:
    """Jupyter's settings in a home of its own, and the environment that makes them hold."""
    settings = {
        "ServerApp": {
            "ip": "127.0.0.1", "port": port, "port_retries": 0, "allow_root": True,
            "jpserver_extensions": dict.fromkeys(extensions, True),
        },
        "IdentityProvider": {"token": TOKEN},
    }  # fmt: skip
    (home / "config").mkdir(parents=True)
    (home / "config" / "jupyter_server_config.json").write_text(json.dumps(settings))
    folders = {"CONFIG": "config", "RUNTIME": "runtime", "DATA": "data"}
    return {f"JUPYTER_{name}_DIR": str(home / folder) for name, folder in folders.items()} | {"HOME": str(home)}


def wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(PATIENCE):
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=PATIENCE).close()
        except (OSError, urllib.error.URLError):
            time.sleep(1)
        else:
            return
    pytest.fail(log.read_text())


@contextmanager
def tab() -> Iterator[Page]:
    """A tab of a new Chromium, as patient as a busy machine needs; nobody beyond the loopback is asked."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found is not None, MEND
    with sync_playwright() as playwright:
        # Chromium's own sandbox needs another user than root, whom CI and containers have.
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1500, "height": 950})
        page.route(lambda address: not address.startswith(("http://127.0.0.1:", "data:")), lambda one: one.abort())
        page.set_default_timeout(PATIENCE * 1000)
        expect.set_options(timeout=PATIENCE * 1000)
        yield page
        browser.close()
