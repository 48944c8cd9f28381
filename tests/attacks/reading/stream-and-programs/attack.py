# %%
import os
import re
import select
import stat
import sys

A_TEST = re.compile(r"def test_\w+\(notebook")


def told(what, text):
    if A_TEST.search(text):
        print("ATTACK", "SUCCEEDED:", what, text[:2000])


# The programs that run here came down the stream, and their loader keeps the text of all of them.
loaders = [one for one in sys.meta_path if hasattr(one, "get_source") and hasattr(one, "exec_module")]
texts = {
    name: text
    for one in loaders
    for part in vars(one).values()
    if isinstance(part, dict)
    for name, text in part.items()
}
for name, module in list(sys.modules.items()):
    if name.startswith("grader") and module.__spec__ is not None:
        texts[f"{name} itself"] = str(module.__spec__.loader.get_source(name))
        texts[f"names of {name}"] = repr(vars(module))[:1_000_000]
for name, text in texts.items():
    told(name, str(text))
for name, text in os.environ.items():
    told(name, text)


def unread(number):
    """What a descriptor holds that nobody took yet."""
    kind = os.fstat(number).st_mode
    if stat.S_ISREG(kind):
        return os.pread(number, 1 << 20, 0)
    if not (stat.S_ISFIFO(kind) or stat.S_ISSOCK(kind)) or not select.select([number], [], [], 0.05)[0]:
        return b""
    return os.read(number, 1 << 20)


looked = 0
for number in range(256):
    try:
        told(f"descriptor {number}", unread(number).decode(errors="replace"))
        looked += 1
    except OSError:
        continue
print("programs of the sandbox were read:", any("class Worker" in str(text) for text in texts.values()))
print("descriptors were looked into:", looked >= 5)
