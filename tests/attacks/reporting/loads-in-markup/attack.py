# %%
from IPython.display import HTML, display

# Nobody has this name: RFC 2606 keeps it free.
AWAY = "https://reader.invalid/seen"
shown = 0


def show(*texts):
    global shown
    for text in texts:
        display(HTML(text))
        shown += 1


# %%
show(
    f'<img src="{AWAY}.png">',
    '<img src="//reader.invalid/seen.png"><img src="/seen.png"><img src="seen.png"><img src=?seen>',
    f'<img srcset="{AWAY}.png 1x" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><picture><source srcset="{AWAY}"><img></picture>',
    f'<link rel="stylesheet" href="{AWAY}.css"><link rel=preload as=image href="{AWAY}"><link rel=icon href="{AWAY}">',
    f'<link rel="dns-prefetch preconnect prefetch prerender modulepreload manifest" href="{AWAY}">',
    f"<style>@import '{AWAY}.css'; body {{ background: url({AWAY}) }} @font-face {{ font-family: x; src: url({AWAY}) }}</style>",
    f'<div style="background-image: url({AWAY}); list-style: url({AWAY}); cursor: url({AWAY}), auto">x</div>',
    f'<table background="{AWAY}"><tr><td background="{AWAY}">x</td></tr></table><body background="{AWAY}">',
    f'<iframe src="{AWAY}"></iframe><frameset><frame src="{AWAY}"></frameset><fencedframe src="{AWAY}"></fencedframe>',
    f'<object data="{AWAY}"></object><embed src="{AWAY}"><applet code="{AWAY}"></applet><portal src="{AWAY}"></portal>',
    f'<video src="{AWAY}" poster="{AWAY}" autoplay><track src="{AWAY}" default></video><audio src="{AWAY}" autoplay></audio>',
    f'<svg><image href="{AWAY}" /><use href="{AWAY}#x" /><feImage href="{AWAY}" /><style>@import "{AWAY}"</style></svg>',
    f'<svg><rect fill="url({AWAY}#x)" filter="url({AWAY}#x)" width=9 height=9 /></svg>',
    f'<input type=image src="{AWAY}"><isindex action="{AWAY}">',
)

# %%
# These take the reader to another page, or what they type.
show(
    f'<meta http-equiv="refresh" content="0;url={AWAY}">',
    f'<base href="{AWAY}/" target="_top"><img src="seen.png">',
    f'<form id=f action="{AWAY}"><input name=password autofocus><input type=submit></form><button form=f>x</button>',
    f'<a href="{AWAY}" ping="{AWAY}" target=_top>x</a><map name=m><area shape=default href="{AWAY}"></map><img usemap="#m">',
    f'<!DOCTYPE html SYSTEM "{AWAY}"><html manifest="{AWAY}"><head profile="{AWAY}"><blockquote cite="{AWAY}">x</blockquote>',
    f'<script type="speculationrules">{{"prefetch": [{{"source": "list", "urls": ["{AWAY}"]}}]}}</script>',
)
print("pieces of markup that load:", shown)
