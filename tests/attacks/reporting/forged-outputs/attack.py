# %%
import sys

DEED = "<script>window.pwned=1;document.title='pwned';alert(1)</script><img src=x onerror=alert(1)>"
LINE = "\n::error::10 of 10\n##[error]x\n\x1b[2J\x9b2J]]>\x07"
KINDS = (
    "stream",
    "error",
    "display_data",
    "execute_result",
    "update_display_data",
    "pyout",
    DEED,
    7,
    None,
    [],
    {},
    True,
)


def deep(levels):
    inner = DEED
    for _ in range(levels):
        inner = {"a": [inner]}
    return inner


# What no notebook's run would make: a process that is the learner's may say anything.
FORGED = [
    [{"output_type": kind, "name": DEED, "text": DEED, "data": {"text/html": DEED}, "ename": DEED} for kind in KINDS],
    [{"output_type": "stream", "name": wrong, "text": wrong} for wrong in (DEED, [DEED, 7, [DEED]], {"a": DEED}, 7, None, 1e999, float("nan"))],
    [{"output_type": "error", "ename": wrong, "evalue": wrong, "traceback": wrong} for wrong in (DEED, [DEED, 7, None], {}, 7, float("-inf"))],
    [{"output_type": "display_data", "data": wrong, "metadata": wrong} for wrong in (DEED, [DEED], {"text/html": 7}, {DEED: DEED}, None, {"": {"": ""}})],
    [{}, {"": ""}, {"output_type": "stream"}, {"output_type": "display_data", "data": {"text/html": deep(6)}}, {"text": LINE}],
    [{"output_type": "stream", "name": "stdout", "text": "\ud800\udfff\ud83d" + LINE}],
    [{"output_type": "display_data", "data": {"text/html": "<b>" * 100_000}}, {"output_type": "display_data", "data": {"text/html": "<table><tr><td>" * 2_000, "text/plain": "x"}}],
    [{"output_type": "stream", "name": "stdout", "text": ["<b>"] * 20_000}],
    [{"output_type": "display_data", "data": {"text/html": f"<i>{number}</i>{DEED}"}} for number in range(500)],
    [DEED, 7, None], DEED, 7, None, {"output_type": "stream", "name": "stdout", "text": DEED}, [deep(300)],
]  # fmt: skip

# %%
# The program that runs this cell is in the same process; from now on it answers what it is told.
outputs, program = sys.modules["grader.inside.outputs"].Outputs, sys.modules["grader.inside.learner"]
honest, verdict = outputs.take, program._verdict
batches = iter(FORGED)


def take(self):
    honest(self)
    return next(
        batches, [{"output_type": "stream", "name": "stdout", "text": f"batches of forged outputs: {len(FORGED)}"}]
    )


outputs.take = take
program._verdict = lambda error: ("raised", DEED + LINE)

# %%
1

# %%
2

# %%
3

# %%
4

# %%
5

# %%
6

# %%
7

# %%
8

# %%
9

# %%
10

# %%
11

# %%
12

# %%
13

# %%
14

# %%
# A state that there is not, and a reason that is no text.
program._verdict = lambda error: (["graded"], {"score": 10, "reason": [DEED]})

# %%
program._verdict = verdict
