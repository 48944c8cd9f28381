# %%
import ctypes
import os
import site
import tempfile

MARK = "pivotlab-attack-left"
HOOK = "import builtins; builtins.pivotlab_attack_left = True\n"
home = os.environ["HOME"]
left = []


def leave(path, text):
    """Write a file, where that can be done without changing one that is there."""
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "x") as file:
            file.write(text)
    except OSError:
        return
    left.append(path)


# Plain files wherever one can be made.
for folder in {tempfile.gettempdir(), "/tmp", "/dev/shm", home, os.getcwd()}:
    leave(f"{folder}/{MARK}", "from the first to the second")
# What the next Python, shell, IPython, matplotlib or pytest reads when it starts in the same home or work folder.
profile = f"{home}/.ipython/profile_default"
for path, text in {
    f"{site.getusersitepackages()}/usercustomize.py": HOOK, f"{site.getusersitepackages()}/{MARK}.pth": HOOK,
    f"{os.getcwd()}/sitecustomize.py": HOOK, f"{os.getcwd()}/numpy.py": HOOK, f"{os.getcwd()}/conftest.py": HOOK,
    f"{os.getcwd()}/pytest.ini": "[pytest]\naddopts = --collect-only\n", f"{home}/.pythonrc": HOOK,
    f"{profile}/startup/00-{MARK}.py": HOOK, f"{profile}/ipython_config.py": f"c.InteractiveShellApp.exec_lines = [{HOOK!r}]\n",
    f"{home}/.bashrc": f"touch /tmp/{MARK}-shell\n", f"{home}/.profile": f"touch /tmp/{MARK}-shell\n",
    f"{home}/.config/matplotlib/matplotlibrc": "lines.linewidth: 41\n", f"{home}/.config/pip/pip.conf": "[global]\n",
}.items():  # fmt: skip
    leave(path, text)
print("left more than ten files:", len(left) > 10)

# %%
# Memory that belongs to no process and stays until it is removed: System V's by number, POSIX's by name.
from multiprocessing import resource_tracker, shared_memory

KEY = 0x5056544C
libc = ctypes.CDLL(None, use_errno=True)
segment = libc.shmget(KEY, 4096, 0o1666)
queue = libc.msgget(KEY, 0o1666)
semaphores = libc.semget(KEY, 1, 0o1666)
named = libc.mq_open(f"/{MARK}".encode(), os.O_RDWR | os.O_CREAT, 0o600, None)
print("left in memory:", all(one >= 0 for one in (segment, queue, semaphores, named)))
memory = shared_memory.SharedMemory(f"{MARK}-by-name", create=True, size=64)
# So that it is not removed when this process ends.
resource_tracker.unregister(memory._name, "shared_memory")
memory.buf[:5] = b"hello"
print("left by name:", bytes(memory.buf[:5]) == b"hello")
memory.close()
