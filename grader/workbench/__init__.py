"""Pivotlab in JupyterLab: a launcher card, Check and Submit, and the server's side of them."""

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """What Jupyter's server asks a package for."""
    return [{"module": "grader.workbench"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add our addresses to Jupyter's server, which calls this."""
    # Who opens JupyterLab in a lab's image has no server's library here.
    from grader.workbench.handlers import routes  # noqa: PLC0415

    server.web_app.add_handlers(".*$", routes(server.web_app.settings["base_url"]))
