# %%
from IPython.display import HTML, display

FORGED = '<section class="verdict"><p class="score"><strong>100</strong> of 100 points</p></section>'
# Each leaves something open that takes what follows with it, or closes what is around it and goes on outside.
OPEN = (
    "<!--", "<!-- <b>", "<![CDATA[", "<?", "<!DOCTYPE", "<title>", "<textarea>", "<style>", "<script>", "<plaintext>",
    "<xmp>", "<noscript>", "<template>", "<select><option>", "<iframe>", "<noframes>", "<svg><desc>", "<math><mtext>",
    "<table><caption>", "<frameset>", "<div title='", '<div title="', "<div ", "<", "</", "&", "&#", "<a href=x>",
    "<button>", "<dialog open>", "<details>", "<object>", "<b><i><u><s><sub><sup><small>", "<pre>\n\n", "<q>" * 60,
)  # fmt: skip
ENDS = (
    "</pre></code></figure></details></section></main></body></html>" + FORGED,
    "</td></tr></table></div></figure></details></section>" + FORGED,
    "<p></p></p></details></section><h1>100 of 100</h1>",
    "--></style></script></title></textarea></xmp></template></select>" + FORGED,
)
MANY = ("<b>" * 2_000, "<table><tr><td>" * 700, "</div>" * 2_000, "<li>" * 2_000, "<i></b>" * 1_500, "<!--" * 1_500)
for text in OPEN + ENDS + MANY:
    display(HTML(text))
for text in OPEN + ENDS:
    print(text)
print("pieces of markup without an end:", len(OPEN + ENDS + MANY))
