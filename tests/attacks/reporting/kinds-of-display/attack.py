# %%
import json

from IPython.display import display

DEED = "window.pwned=1;document.title='pwned';localStorage.setItem('pwned',1);alert(1)"
TAG = f'<script>{DEED}</script><img src=x onerror="{DEED}">'
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{DEED}"><script>{DEED}</script><foreignObject>{TAG}</foreignObject></svg>'
FIGURE = {
    "data": [{"type": "scatter", "y": [1], "text": [TAG]}],
    "layout": {"title": TAG, "images": [{"source": "https://reader.invalid/"}]},
}
CHART = {
    "$schema": "https://vega.github.io/schema/vega/v5.json",
    "signals": [{"name": "x", "init": "warn('pwned')"}], "data": [{"name": "y", "url": "https://reader.invalid/"}],
    "usermeta": {"embedOptions": {"actions": True, "loader": {"baseURL": "https://reader.invalid/"}}},
}  # fmt: skip
VIEW = {"version_major": 2, "version_minor": 0, "model_id": TAG}
STATE = {
    "state": {"a": {"model_name": "HTMLModel", "model_module": "https://reader.invalid/x.js", "state": {"value": TAG}}}
}
KINDS = {
    "text/html": TAG, "text/markdown": f"{TAG}\n[x](javascript:{DEED}) ![x](https://reader.invalid/x.png)\n# 10 of 10",
    "text/latex": f"{TAG} $$\\href{{javascript:{DEED}}}{{x}}\\unicode{{{TAG}}}\\require{{html}}\\style{{display:none}}{{x}}$$",
    "image/svg+xml": SVG, "application/javascript": DEED, "text/javascript": DEED, "application/ecmascript": DEED,
    "application/json": {"a": TAG}, "application/geo+json": {"type": TAG}, "application/pdf": "JVBERi0xLjQKJcOkw7zDtsOf",
    "application/vnd.jupyter.widget-view+json": VIEW, "application/vnd.jupyter.widget-state+json": STATE,
    "application/vnd.plotly.v1+json": FIGURE, "application/vnd.vega.v5+json": CHART,
    "application/vnd.vegalite.v5+json": CHART, "application/vnd.bokehjs_exec.v0+json": "", "application/vnd.bokehjs_load.v0+json": DEED,
    "application/vnd.holoviews_exec.v0+json": "", "application/vnd.dataresource+json": {"schema": {"fields": [{"name": TAG}]}, "data": []},
    "application/x-ipynb+json": {"cells": [{"cell_type": "markdown", "source": TAG}]}, "text/vnd.mermaid": f"graph TD; A[{TAG}]; click A href \"javascript:{DEED}\"",
    "application/xhtml+xml": f"<html xmlns='http://www.w3.org/1999/xhtml'>{TAG}</html>", "text/xml": SVG, "application/xml": SVG,
    "text/css": "body { display: none }", "text/x-python": TAG, "image/gif": TAG, "image/webp": TAG, "image/bmp": TAG,
    "audio/wav": TAG, "video/mp4": TAG, "application/octet-stream": TAG, "multipart/x-mixed-replace": TAG,
    "application/x-httpd-php": f"<?php {TAG} ?>", "text/restructuredtext": f".. raw:: html\n\n   {TAG}", "text/asciidoc": f"++++\n{TAG}\n++++",
}  # fmt: skip
# The name of a kind is the learner's too.
NAMES = (
    TAG,
    'image/png;base64,x" onerror="alert(1)',
    "text/html; charset=utf-7",
    "TEXT/HTML",
    " text/html",
    "image/png\n",
    "",
    "\x1b[2J",
)

# %%
shown = 0
for kind, content in KINDS.items():
    display({kind: content}, raw=True)
    display(
        {kind: content, "text/plain": f"{kind} as text {TAG}"},
        raw=True,
        metadata={kind: {"isolated": True, "width": TAG}},
    )
    shown += 2

# %%
for name in NAMES:
    display({name: TAG}, raw=True)
    display({name: TAG, "text/plain": TAG}, raw=True, metadata={name: {"needs_background": TAG}, TAG: TAG})
    shown += 2
for kind in ("text/html", "image/png", "text/plain", "image/svg+xml"):
    for wrong in ([TAG, TAG], {"a": TAG}, [[TAG]], 7, None, True, [TAG, 7], json.dumps(TAG)):
        display({kind: wrong}, raw=True)
        shown += 1


# %%
class Everything:
    """What it is depends on who asks."""

    def _repr_mimebundle_(self, include=None, exclude=None):
        return KINDS, {kind: {"isolated": True} for kind in KINDS}

    def __getattr__(self, name):
        if name.startswith("_repr_"):
            return lambda *_args, **_kwargs: TAG
        raise AttributeError(name)


Everything()

# %%
print("kinds of display:", shown)
