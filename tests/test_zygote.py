"""The zygote: its forks cannot be told from processes that were started, and enter no container but the one meant."""

import json
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator

import pytest

from grader.channel import Closed
from grader.containers import ContainerSandbox, Run
from grader.errors import SandboxError
from grader.grade import grade
from grader.judges import Judges
from grader.late import late_imports
from grader.model import Lab, Limits
from grader.sandbox import Role
from grader.zygotes import Zygote, Zygotes, hear_when_it_began
from tests.cells import MEBIBYTE, open_channel, run_cell, run_in
from tests.conftest import Submit

pytestmark = pytest.mark.docker

IMPORTS = ("numpy", "pandas", "sklearn.linear_model", "multiprocessing.process")

# All that a process can ask about itself, its numbers and names of its own container made alike.
LOOK = r"""
import ctypes, gc, json, os, re, signal, socket, sys, threading

def read(path):
    try:
        with open(path, "rb") as file:
            return file.read().decode(errors="replace")
    except OSError as error:
        return type(error).__name__

def links(folder):
    found = {}
    for name in sorted(os.listdir(folder)):
        try:
            found[name] = re.sub(r"\[\d+\]", "[]", os.readlink(f"{folder}/{name}"))
        except OSError:
            continue
    return found

def attempt(action):
    try:
        return action()
    except OSError as error:
        return type(error).__name__

libc = ctypes.CDLL(None, use_errno=True)
PRCTL = {"pdeathsig": 2, "dumpable": 3, "keepcaps": 7, "timing": 13, "securebits": 27, "timerslack": 30,
         "subreaper": 37, "no new privs": 39, "thp": 42}

def prctl(option):
    told = ctypes.c_int(-1)
    value = libc.prctl(option, ctypes.byref(told), 0, 0, 0) if option in (2, 37) else libc.prctl(option, 0, 0, 0, 0)
    return [value, told.value]

status = {n: v.strip() for n, _, v in (line.partition(":") for line in read("/proc/self/status").splitlines())}
group = re.compile(r"[0-9a-f]{64}")
found = {f"status {name}": value for name, value in status.items()}
found |= {f"prctl {name}": prctl(number) for name, number in PRCTL.items()}
found |= {f"limit {line[:25].strip()}": line[25:].split() for line in read("/proc/self/limits").splitlines()}
found |= {f"variable {name}": value for name, value in os.environ.items()}
found |= {f"at the start, variable {one.partition('=')[0]}": one for one in read("/proc/self/environ").split("\0")}
found |= {f"descriptor {name}": where for name, where in links("/proc/self/fd").items()}
found |= {f"handler {one.name}": re.sub(" at 0x.*", "", str(signal.getsignal(one))) for one in signal.Signals}
found |= {
    "mounts": sorted(re.sub(r"[0-9a-f]{64}|\w{20,}(?=[/:,])|/l/\w+", "", read("/proc/self/mounts")).splitlines()),
    "cgroup": group.sub("", read("/proc/self/cgroup")).splitlines(),
    "visible processes": sorted(int(name) for name in os.listdir("/proc") if name.isdigit()),
    "uname": list(os.uname())[:2] + list(os.uname())[4:], "umask": os.umask(0o22), "name": read("/proc/self/comm"),
    "command line": read("/proc/self/cmdline"), "program": os.readlink("/proc/self/exe"),
    "out of memory": [read("/proc/self/oom_score_adj"), read("/proc/self/coredump_filter")],
    "parent": os.getppid(), "group and session": [os.getpgid(0) == os.getpid(), os.getsid(0) == os.getpid()],
    "folders": [os.getcwd(), os.readlink("/proc/self/root"), os.readlink("/proc/self/cwd")],
    "priority": [os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0), sorted(os.sched_getaffinity(0))],
    "audit": [read("/proc/self/loginuid"), read("/proc/self/sessionid")], "label": read("/proc/self/attr/current"),
    "personality": attempt(lambda: libc.personality(0xFFFFFFFF)), "interfaces": socket.if_nameindex(),
    "threads": [threading.active_count(), len(os.listdir("/proc/self/task"))],
    "python": [sys.argv, list(sys.flags), sys.path, sys.prefix, sys.getrecursionlimit(), sys.getswitchinterval()],
    "arguments": sys.orig_argv[:3], "hooks": [type(one).__name__ for one in sys.meta_path],
    "modules": sorted(sys.modules), "collector": [gc.isenabled(), gc.get_threshold(), gc.get_freeze_count() > 0],
    "shared memory": [line[1::4] for line in (one.split(maxsplit=5) for one in read("/proc/self/maps").splitlines())
                      if line[1].endswith("s")],
    "keys": attempt(lambda: libc.syscall(250 if os.uname().machine == "x86_64" else 219, 0, -3, 0)),
    "process 1": [attempt(lambda: os.listdir(f"/proc/1/{name}")) for name in ("fd", "ns", "map_files")],
}
print(json.dumps(found))
"""

DIFFERENCES = {
    "modules": "the zygote's own are there, which have no right left to use, and what libraries would load later",
    "collector": "what was imported is frozen: the collector does not look at it again",
}
"""What a warm sandbox reads otherwise than a cold one, and why it does not matter."""
CHANGE_BY_THEMSELVES = (
    "status Vm", "status Rss", "status voluntary", "status nonvoluntary", "status SigQ",
    "status Pid", "status Tgid", "status NS", "visible processes",
)  # fmt: skip
"""Begin the names of what no two cold ones have alike: sizes, how often it waited, numbers of processes."""


@pytest.fixture
def zygote(run: Run) -> Iterator[Zygote]:
    """One with nothing imported beside the learner's program."""
    zygote = Zygote(run, ())
    yield zygote
    zygote.close()


@pytest.fixture
def waiting(run: Run) -> Iterator[ContainerSandbox]:
    sandbox = run.start_waiting(Limits())
    yield sandbox
    sandbox.close()


def test_from_inside_everything_reads_as_in_a_cold_sandbox(run: Run, zygotes: Zygotes) -> None:
    cold, warm = (json.loads(run_in(start, LOOK, IMPORTS)) for start in (run.start, zygotes.start))
    differing = {
        name for name in cold.keys() | warm.keys()
        if cold.get(name) != warm.get(name) and not name.startswith(CHANGE_BY_THEMSELVES)
    }  # fmt: skip
    assert {name: (cold.get(name), warm.get(name)) for name in differing - DIFFERENCES.keys()} == {}
    assert DIFFERENCES.keys() - differing == set(), "these are said to differ, and do not"
    assert len(cold) > 150
    ahead = set(warm["modules"]) - set(cold["modules"])
    assert set(cold["modules"]) < set(warm["modules"])
    assert {name for name in ahead if name.startswith("grader")} == {"grader.inside.zygote", "grader.inside.forkable"}
    late = {name.partition(".")[0] for name in late_imports(IMPORTS)}
    assert {name.partition(".")[0] for name in ahead} - late - set(sys.stdlib_module_names) == {"grader"}
    assert len(warm["visible processes"]) == len(cold["visible processes"]) == 2


def test_it_is_in_every_namespace_and_group_of_its_container(run: Run, zygotes: Zygotes) -> None:
    # Asked of the engine's own way into a container, which enters all that belong to it.
    place = "/proc/self/ns"
    source = f"import os, json; print(json.dumps({{n: os.readlink('{place}/' + n) for n in os.listdir('{place}')}}))"
    names = {"cgroup", "ipc", "mnt", "net", "pid", "pid_for_children", "user", "uts"}
    sandbox = zygotes.start(Role.LEARNER, Limits(), ())
    assert isinstance(sandbox, ContainerSandbox)
    channel = open_channel(sandbox)
    mine = json.loads(run_cell(channel, source))
    other = json.loads(subprocess.check_output(["docker", "exec", sandbox.name, "python", "-c", source]))
    groups = subprocess.check_output(["docker", "exec", sandbox.name, "cat", "/proc/1/cgroup"], text=True)
    assert names <= mine.keys()
    assert {name: mine[name] for name in names} == {name: other[name] for name in names}
    assert run_cell(channel, "print(open('/proc/self/cgroup').read(), end='')") == groups
    channel.close()


def test_a_submission_gets_the_same_score_and_its_exit_the_same_words(
    run: Run, zygotes: Zygotes, lab: Lab, submit: Submit
) -> None:
    for answers in (
        {},
        {"two": "import os\ndef two(a, b): os._exit(7)"},
        {"two": "import os\ndef two(a, b): os.kill(os.getpid(), 11)"},
    ):
        cold, warm = (grade(lab, submit(**answers), start, image="test") for start in (run.start, zygotes.start))
        told = [
            [(result.test, result.earned, result.outcome, result.reason, result.detail) for result in report.results]
            for report in (cold, warm)
        ]
        assert told[0] == told[1]
        assert cold.score is not None


def test_memory_that_a_submission_takes_itself_is_counted_against_its_limit(zygotes: Zygotes) -> None:
    sandbox = zygotes.start(Role.LEARNER, Limits(memory_mb=256), IMPORTS)
    channel = open_channel(sandbox)
    channel.send({"kind": "cell", "id": "1", "cell": "x", "seconds": 30}, b"kept = b'x' * (300 << 20)", seconds=30)
    with pytest.raises(Closed):
        channel.receive_answer("1", seconds=30, limit=MEBIBYTE)
    assert channel.ending().out_of_memory
    channel.close()


DRAW = """
import json, multiprocessing.process, os, random, secrets, tempfile, uuid
import numpy as np
from sklearn.utils import check_random_state
print(json.dumps({
    "random": random.random(), "numpy": float(np.random.random()), "system": os.urandom(8).hex(),
    "numpy, new": float(np.random.default_rng().random()), "secrets": secrets.token_hex(8),
    "scikit-learn": float(check_random_state(None).random()),
    "uuid 4": str(uuid.uuid4()), "uuid 1": str(uuid.uuid1()), "names of files": next(tempfile._get_candidate_names()),
    "key between processes": bytes(multiprocessing.process.current_process().authkey).hex(),
}))
"""


def test_no_two_forks_draw_the_same_numbers(zygotes: Zygotes) -> None:
    first, second = (json.loads(run_in(zygotes.start, DRAW, IMPORTS)) for _ in range(2))
    assert {name for name in first if first[name] == second[name]} == set()


GENERATORS = """
import gc, json, random, tempfile
import numpy as np
gc.unfreeze()
things = gc.get_objects()
names = [one for one in things if isinstance(one, tempfile._RandomNameSequence)]
within = [id(one._rng) for one in names if hasattr(one, "_rng")]
states = {
    "name sequences": [next(one) for one in names],
    "random.Random": [repr(one.getstate())[:400] for one in things
                      if type(one) is random.Random and id(one) not in within],
    "numpy RandomState": [repr(one.get_state()[1][:20]) for one in things if isinstance(one, np.random.RandomState)],
    "numpy Generator": [repr(one.bit_generator.state) for one in things if isinstance(one, np.random.Generator)],
}
print(json.dumps(states))
"""


def test_every_generator_that_a_cold_start_seeds_anew_a_warm_one_does_too(run: Run, zygotes: Zygotes) -> None:
    cold = [json.loads(run_in(run.start, GENERATORS, IMPORTS)) for _ in range(2)]
    warm = [json.loads(run_in(zygotes.start, GENERATORS, IMPORTS)) for _ in range(2)]
    assert {kind: len(states) for kind, states in warm[0].items()} == {
        kind: len(states) for kind, states in cold[0].items()
    }
    assert warm[0]["random.Random"]
    assert warm[0]["name sequences"]
    for kind in warm[0]:
        assert set(warm[0][kind]) & set(warm[1][kind]) == set(cold[0][kind]) & set(cold[1][kind]), kind


def test_torch_draws_other_numbers_in_each_fork(runs: Callable[[str], Run]) -> None:
    zygotes = Zygotes(runs("nlpcv"), keep=1)
    drawn = {run_in(zygotes.start, "import torch; print(torch.rand(3))", ("torch",)) for _ in range(2)}
    zygotes.close()
    assert len(drawn) == 2
    assert all("tensor" in numbers for numbers in drawn)


def test_what_starts_a_thread_when_it_is_imported_is_left_to_who_wants_it(runs: Callable[[str], Run]) -> None:
    zygotes = Zygotes(runs("nlpcv"), keep=1)
    source = "import sys, onnxruntime; print('numpy' in sys.modules, onnxruntime.get_available_providers())"
    assert "CPUExecutionProvider" in run_in(zygotes.start, source, ("onnxruntime", "numpy"))
    (zygote,) = zygotes._kept.values()
    assert zygote.left_out == {"onnxruntime": "it starts a thread"}
    zygotes.close()


# ---- a sleeper is entered only when it is the one that was meant


def refuse(zygote: Zygote, container: str, pid: int, began: int) -> str:
    with pytest.raises(SandboxError) as refused:
        zygote.enter(container, pid, began)
    return str(refused.value)


def test_a_number_that_another_process_has_by_now_is_refused(
    run: Run, zygote: Zygote, waiting: ContainerSandbox
) -> None:
    began = hear_when_it_began(waiting)
    container, pid = waiting.first_process()
    other = run.start_waiting(Limits())
    other_began, (other_container, other_pid) = hear_when_it_began(other), other.first_process()
    # The engine said one number, and by the time that it is used another container's process 1 has it.
    assert "not of the container" in refuse(zygote, container, other_pid, other_began)
    assert "another than the one that said it waits" in refuse(zygote, other_container, other_pid, other_began - 1)
    assert "not of the container" in refuse(zygote, container, 1, began)
    assert "No such process" in refuse(zygote, container, 4_000_000, began)
    other.close()
    assert "No such process" in refuse(zygote, other_container, other_pid, other_began)
    zygote.enter(container, pid, began)
    assert run_cell(open_channel(waiting), "print(1 + 1)") == "2\n"


def test_a_container_with_anything_in_it_is_refused(zygote: Zygote, waiting: ContainerSandbox) -> None:
    began = hear_when_it_began(waiting)
    container, pid = waiting.first_process()
    subprocess.run(["docker", "exec", "--detach", waiting.name, "sleep", "60"], check=True)
    processes = subprocess.check_output(["docker", "top", waiting.name, "-o", "pid,args"], text=True).splitlines()
    sleeping = next(int(line.split()[0]) for line in processes if "sleep 60" in line)
    assert "not alone" in refuse(zygote, container, pid, began)
    assert "not the first" in refuse(zygote, container, sleeping, began)


def test_a_container_is_entered_once(zygote: Zygote, waiting: ContainerSandbox) -> None:
    began = hear_when_it_began(waiting)
    container, pid = waiting.first_process()
    zygote.enter(container, pid, began)
    assert "not alone" in refuse(zygote, container, pid, began)
    assert run_cell(open_channel(waiting), "print('still mine')") == "still mine\n"


# ---- nothing of anyone's in the zygote, nothing of it in anyone


SCAN = """
import os, sys
words = [bytes.fromhex(word) for word in sys.argv[2:]]
found = set()
with open(f"/proc/{sys.argv[1]}/maps") as maps, open(f"/proc/{sys.argv[1]}/mem", "rb", buffering=0) as memory:
    for line in maps:
        start, end = (int(part, 16) for part in line.split()[0].split("-"))
        if line.split()[1].startswith("r"):
            try:
                memory.seek(start)
                held = memory.read(end - start)
            except (OSError, OverflowError, ValueError):
                continue
            found |= {word for word in words if word in held}
print(sorted(words.index(word) for word in found))
"""


def test_no_test_and_no_submission_is_ever_in_a_zygote(own_run: Run, lab: Lab, submit: Submit) -> None:
    marker = uuid.uuid4().hex
    secrets = {"a learner's": marker, "a test's": "def test_" + "two(", "the answers'": lab.reference["two"]}
    public = b"grader.inside.zygote"
    assert any(secrets["a test's"].encode() in text for text in lab.hidden.values())
    zygotes, judges = Zygotes(own_run, keep=1), Judges(own_run.start, keep=1)
    for _ in range(3):
        report = grade(
            lab, submit(two=lab.reference["two"] + f"\n# {marker}"), zygotes.start, image="test", judges=judges
        )
        assert report.score == 9
    (kept,) = (one for one in own_run.left() if "-zygote-" in one)
    processes = subprocess.check_output(["docker", "top", kept, "-o", "pid"], text=True).split()[1:]
    words = [word.encode().hex() for word in secrets.values()] + [public.hex()]
    for pid in processes:
        scanned = subprocess.check_output(
            ["docker", "exec", "--user", "0", kept, "python", "-c", SCAN, pid, *words], text=True
        )
        assert json.loads(scanned) == [len(words) - 1], (
            f"process {pid}: the scan finds what must be there, and nothing else"
        )
    zygotes.close()
    judges.close()


def test_a_zygote_keeps_nothing_of_its_forks(own_run: Run) -> None:
    zygotes = Zygotes(own_run, keep=1)

    def count() -> tuple[list[str], str]:
        """Processes of the zygote's container, and how many descriptors and threads each has."""
        (kept,) = (one for one in own_run.left() if "-zygote-" in one)
        processes = subprocess.check_output(["docker", "top", kept, "-o", "pid"], text=True).split()[1:]
        source = "import os, sys; print([len(os.listdir(place)) for place in sys.argv[1:]])"
        places = [f"/proc/{pid}/{what}" for pid in processes for what in ("fd", "task")]
        look = ["docker", "exec", "--user", "0", kept, "python", "-c", source, *places]
        return processes, subprocess.check_output(look, text=True)

    zygotes.start(Role.LEARNER, Limits(), ()).close()
    before = count()
    for _ in range(5):
        zygotes.start(Role.LEARNER, Limits(), ()).close()
    assert count() == before
    zygotes.close()
