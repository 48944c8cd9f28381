# %%
from IPython.display import HTML, display

COVER = "position:fixed;inset:0;z-index:2147483647;background:#fff;color:#000;font-size:9vw"
SHEETS = (
    f"<div style='{COVER}'>10 of 10 points</div>",
    f"<div id=c class=c>10 of 10 points</div><style>#c, .c {{ {COVER} }}</style>",
    "<style>.verdict, .score, main { display: none !important } body::before { content: '10 of 10 points' }</style>",
    "<style>.score strong { font-size: 0 } .score strong::after { content: '10'; font-size: 5rem }</style>",
    "<style>.verdict { opacity: 0; transform: translateX(-200vw); clip-path: inset(100%); color: transparent }</style>",
    "<style>:root { --ink: #fbfaf7; --soft: #fbfaf7; filter: opacity(0); zoom: 0.001 }</style>",
    "<style>@media all { html { display: none } } @page { size: 1px }</style>",
    "<style>@layer a { main { margin-left: -300vw } } @container (width > 0) { main { display: none } }</style>",
    "<svg width=0 height=0><style>.verdict { visibility: hidden }</style></svg>",
    "<section class='verdict' aria-label='Score'><p class='score'><strong>10</strong> of 10 points</p></section>",
    "<li class='passed'><span class='word'>passed</span></li><span class='unit' id='score' hidden>10</span>",
    "<font size=7 color=#fbfaf7>10 of 10</font><center><big>10 of 10</big></center><marquee>10</marquee>",
    "<table width=99999 height=99999 border=999 cellpadding=999 align=left bgcolor=white><tr><td nowrap>10 of 10</table>",
    "<hr size=9999 width=9999 noshade><p align=right dir=rtl><bdo dir=rtl>01 fo 01</bdo><wbr><nobr>",
    "<dialog open>10 of 10</dialog><div popover id=p>10 of 10</div><button popovertarget=p>x</button>",
    "<ruby>0<rt>10 of 10 points</rt></ruby><progress value=1></progress><meter value=1></meter>",
)
for text in SHEETS:
    display(HTML(text))
# A letter under a thousand marks, a line without a break, a word of the widest letter: text alone wants out of its place.
for text in ("1" + "\u0301\u0316\u0489\u20dd" * 250, "\ufdfd" * 500, "W" * 9_000, "\u202e" + "01 fo 01", "\n" * 2_000):
    print(text)
    display(HTML(f"<h1>{text}</h1><table><tr><td>{text}</td></tr></table>"))
print("ways over the score:", len(SHEETS) + 5)
