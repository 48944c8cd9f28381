# %%
DEED = "<script>window.pwned=1;alert(1)</script><img src=x onerror=alert(1)>"
LINE = "\n::error::10 of 10\n\x1b[2J\x1b]0;x\x07]]></testcase><testcase name='10 of 10'/>&x;=cmd|' /C calc'!A0\n"


class Loud(Exception):
    """Says megabytes."""

    def __str__(self):
        return DEED + "x" * 2_000_000

    __repr__ = __str__


raise Loud


# %%
class Mute(Exception):
    """Raises whenever somebody asks what it is."""

    def __str__(self):
        raise ValueError(DEED)

    __repr__ = __str__


raise Mute


# %%
class Number(Exception):
    """Is no text."""

    def __str__(self):
        return 7

    def __repr__(self):
        return b"x"


raise Number

# %%
raise type(DEED + LINE, (Exception,), {"__module__": DEED, "__qualname__": LINE})(DEED + LINE)


# %%
class Name(type):
    """Its classes have no name that is one."""

    @property
    def __name__(cls):
        return [DEED]

    def __str__(cls):
        raise ValueError


class Nameless(Exception, metaclass=Name):
    pass


raise Nameless(DEED)


# %%
class Drawn(Exception):
    """IPython lets an exception draw its own traceback."""

    def _render_traceback_(self):
        return [DEED, LINE, 7, None, {"a": DEED}]


raise Drawn


# %%
class Text(str):
    def __str__(self):
        return DEED

    __repr__ = __format__ = __str__


error = SyntaxError(Text(DEED), (Text(LINE), 10**9, -5, Text(DEED) * 9, 10**9, -9))
raise error

# %%
error = ValueError(DEED)
error.__cause__ = KeyError(LINE)
error.__cause__.__cause__ = error
for _ in range(50):
    error.add_note(DEED + LINE)
raise error

# %%
nested = ExceptionGroup(DEED, [ValueError(LINE)])
for _ in range(90):
    nested = ExceptionGroup(DEED, [nested, ValueError(LINE)])
raise nested

# %%
exec(compile("\n" * 9 + "1 / 0", f"<cell setup>{DEED}{LINE}", "exec"))


# %%
class Leaving(SystemExit):
    def __str__(self):
        raise KeyboardInterrupt


raise Leaving(DEED)

# %%
print("exceptions raised:", 11)
