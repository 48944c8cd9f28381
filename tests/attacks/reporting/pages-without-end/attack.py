# %%
from IPython.display import HTML, display

shown = 0


def show(html):
    global shown
    display({"text/html": html, "text/plain": "too much of it"}, raw=True)
    shown += 1


# %%
# Little to write, much to lay out: a cell may say that it is a thousand columns wide and a thousand rows high.
show("<table>" + "<tr><td colspan=999 rowspan=999>x</td></tr>" * 900 + "</table>")
# %%
show("<table><tr>" + "<td colspan=999>x</td>" * 1_900 + "</tr></table>")
# %%
show("<table><tr>" + "<td rowspan=999>x</td>" * 1_900 + "</tr></table>")
# %%
show("<table>" + "<tr>" + "<th colspan=99 rowspan=99>x</th>" * 15 + "</tr></table>")

# %%
show("<table><tr><td>" * 28 + "x")
show("<blockquote><ul><li>" * 20 + "x" * 9_000)
show("<sup>" * 60 + "x" + "<sub>" * 60)
show("<h1>" + "W" * 50_000 + "</h1>")
# %%
show("<pre>" + "\n" * 40_000 + "</pre>")

# %%
show("<p>" + "a\u0301" * 15_000)
# %%
show("<p>" + "\u202a\u202b" * 9_000)
show("<p>" + "\u0e01\u0e49\u0e33" * 9_000)
show("<p>" + "👩\u200d" * 9_000)
# %%
show("<p>" + "ﷺ" * 20_000)

# %%
for number in range(400):
    display({"text/html": "<table><tr><td>x</table>"}, raw=True)

# %%
print("\n" * 30_000)
print("x" * 30_000)

# %%
print("pages without end:", shown)
