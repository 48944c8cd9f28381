"""Starts learners' sandboxes warm: each is a container of its own, and its process a fork that has the imports done.

What forks is a zygote, one for each lab's imports (inside/zygote.py); it alone has rights over the engine's machine.
"""

import logging
import struct
import threading
from collections import OrderedDict

from grader.channel import Channel, Closed, Garbled, Late
from grader.containers import ContainerSandbox, Run
from grader.errors import SandboxError, WarmStartError
from grader.inside.wire import Header
from grader.late import late_imports
from grader.model import Limits
from grader.sandbox import START_SECONDS, Role, Sandbox, Start

FORKS = 256
"""After how many forks a zygote is replaced, whatever it may have gathered."""
TRIES = 2
_IMPORT_SECONDS = 180
_ENTRY_SECONDS = 30
_FRAME_BYTES = 1 << 16
_BEGAN = struct.Struct(">Q")
_log = logging.getLogger(__name__)


class Zygotes:
    """At most `keep` zygotes of one image, made when they are first wanted; `start` is a Start as any other.

    Where the engine turns out not to let a fork into a sandbox, all are started by `otherwise`; without it, that is an
    error each time.
    """

    def __init__(self, run: Run, *, keep: int, otherwise: Start | None = None) -> None:
        self._run = run
        self._keep = keep
        self._otherwise = otherwise
        self._kept: OrderedDict[tuple[str, ...], Zygote] = OrderedDict()
        self._lock = threading.Lock()
        self._has_worked = False
        self._refusal: WarmStartError | None = None

    def start(self, role: Role, limits: Limits, imports: tuple[str, ...] = ()) -> Sandbox:
        """A started sandbox; a judge's is a cold one. Raises SandboxError; then no container is left."""
        if role is Role.JUDGE:
            return self._run.start(role, limits, imports)
        if self._refusal is None:
            try:
                return self._start_warm(limits, imports)
            except WarmStartError as error:
                if self._has_worked:
                    raise
                self._refuse(error)
        if self._otherwise is None:
            raise SandboxError(f"{self._refusal}; mend that, or grade with --start pool")
        return self._otherwise(role, limits, imports)

    def _start_warm(self, limits: Limits, imports: tuple[str, ...]) -> ContainerSandbox:
        """A sandbox that a fork was put into; when its zygote fails, a new one is asked, once."""
        for tries_left in reversed(range(TRIES)):
            zygote = self._take(imports)
            sandbox = self._run.start_waiting(limits)
            try:
                zygote.put_into(sandbox)
            except SandboxError:
                sandbox.close()
                self._drop(imports, zygote)
                if not tries_left:
                    raise
            except BaseException:
                sandbox.close()
                raise
            else:
                break
        self._has_worked = True
        return sandbox

    def _refuse(self, error: WarmStartError) -> None:
        with self._lock:
            if self._refusal is None and self._otherwise is not None:
                _log.warning("sandboxes are not started warm: %s", error)
            self._refusal = error

    def close(self) -> None:
        """Close every zygote; the sandboxes that came from them need none."""
        with self._lock:
            left = list(self._kept.values())
            self._kept.clear()
        for zygote in left:
            zygote.close()

    def _take(self, imports: tuple[str, ...]) -> "Zygote":
        with self._lock:
            zygote = self._kept.pop(imports, None)
            spent = zygote is not None and zygote.forks >= FORKS
            dropped = [zygote] if zygote is not None and spent else []
            if zygote is None or spent:
                zygote = Zygote(self._run, imports)
            self._kept[imports] = zygote
            while len(self._kept) > self._keep:
                dropped.append(self._kept.popitem(last=False)[1])
        for one in dropped:
            one.close()
        return zygote

    def _drop(self, imports: tuple[str, ...], zygote: "Zygote") -> None:
        with self._lock:
            if self._kept.get(imports) is zygote:
                del self._kept[imports]
        zygote.close()


class Zygote:
    """One zygote's container; started when it is first asked, and asked for one fork at a time."""

    def __init__(self, run: Run, imports: tuple[str, ...]) -> None:
        self._run = run
        self._imports = imports
        self._channel: Channel | None = None
        self._is_closed = False
        self._lock = threading.Lock()
        self.forks = 0
        self.left_out: dict[str, str] = {}
        """Modules that are not imported ahead, by name why."""

    def put_into(self, sandbox: ContainerSandbox) -> None:
        """Have a fork take its place in a sandbox that waits. Raises SandboxError."""
        began = hear_when_it_began(sandbox)
        container, pid = sandbox.first_process()
        self.enter(container, pid, began)

    def enter(self, container: str, pid: int, began: int) -> None:
        """Have a fork enter a container, whose process 1 must be of this number and beginning. Raises SandboxError."""
        with self._lock:
            channel = self._open()
            try:
                channel.send({"pid": pid, "container": container, "began": began}, seconds=_ENTRY_SECONDS)
                answer = self._receive(channel, _ENTRY_SECONDS)
            except (Late, Closed, Garbled) as error:
                raise self._fault(channel, error) from error
            self.forks += 1
        if answer["kind"] != "entered":
            raise WarmStartError(f"a sandbox cannot be started warm here: {answer.get('reason')}")

    def close(self) -> None:
        """Remove the container once no fork is asked of it any more."""
        with self._lock:
            self._is_closed = True
            if self._channel is not None:
                self._channel.close()

    def _open(self) -> Channel:
        if self._is_closed:
            raise SandboxError("this zygote made room for another meanwhile")
        if self._channel is None:
            self._channel = Channel(self._run.start_zygote(self._imports, late_imports(self._imports)))
            try:
                self.left_out = self._receive(self._channel, _IMPORT_SECONDS)["left_out"]
            except (Late, Closed, Garbled) as error:
                raise self._fault(self._channel, error) from error
            for name, reason in self.left_out.items():
                _log.info("%s is left to each submission to import: %s", name, reason)
        return self._channel

    def _receive(self, channel: Channel, seconds: float) -> Header:
        return channel.receive(seconds=seconds, limit=_FRAME_BYTES)[0]

    def _fault(self, channel: Channel, error: Exception) -> WarmStartError:
        what = {Late: "is silent", Closed: "ended"}.get(type(error), f"cannot be understood ({error})")
        # Of a traceback, the last line says what it was.
        said = channel.ending().stderr.strip().rpartition("\n")[2]
        return WarmStartError(f"a sandbox cannot be started warm here: the zygote {what}{said and f' ({said})'}")


def hear_when_it_began(sandbox: ContainerSandbox) -> int:
    """What a waiting process 1 says first: when it began, in ticks of its machine's clock."""
    said = b""
    try:
        while len(said) < _BEGAN.size:
            if not (part := sandbox.receive(_BEGAN.size - len(said), START_SECONDS)):
                raise SandboxError(f"a sandbox ended before it waited: {sandbox.ending().stderr}")
            said += part
    except TimeoutError as error:
        raise SandboxError(f"a sandbox did not wait for its process within {START_SECONDS} s") from error
    began: int = _BEGAN.unpack(said)[0]
    return began
