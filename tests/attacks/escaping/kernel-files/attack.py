# %%
import os
import stat

# Each steers the whole machine, or runs a program on it as root. Opened for writing and closed: nothing is written.
LEVERS = (
    "/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sys/kernel/hotplug",
    "/proc/sys/kernel/panic", "/proc/sys/kernel/poweroff_cmd", "/proc/sys/vm/drop_caches", "/proc/sys/vm/overcommit_memory",
    "/proc/sys/fs/binfmt_misc/register", "/proc/sys/net/ipv4/ip_forward", "/proc/sys/kernel/yama/ptrace_scope",
    "/proc/kcore", "/proc/kmem", "/proc/acpi/wakeup", "/proc/scsi/scsi", "/proc/mtrr", "/proc/timer_stats",
    "/sys/kernel/uevent_helper", "/sys/kernel/profiling", "/sys/kernel/mm/transparent_hugepage/enabled", "/sys/power/state",
    "/sys/kernel/security/apparmor/.load", "/sys/fs/selinux/enforce", "/sys/kernel/debug/sched/features", "/sys/class/net/lo/flags",
)  # fmt: skip


def opens(path):
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        return False
    return True


for lever in LEVERS:
    if opens(lever):
        print("ATTACK", "SUCCEEDED: it may write", lever)
print("levers tried:", len(LEVERS))


# %%
def is_its_own(path):
    """Files of processes are theirs; anybody may watch the pressure; what Docker hides is /dev/null."""
    if path.startswith("/proc/pressure/"):
        return True
    found = os.stat(path)
    return stat.S_ISCHR(found.st_mode) and found.st_rdev == os.makedev(1, 3)


# The kernel is asked whether one might write, of every file there is; nothing is opened.
open_files, seen = [], 0
for root in ("/proc", "/sys"):
    for folder, folders, files in os.walk(root):
        if folder == "/proc":
            folders[:] = [one for one in folders if not one.isdigit() and one not in {"self", "thread-self"}]
        paths = [os.path.join(folder, file) for file in files]
        seen += len(paths)
        open_files += [path for path in paths if os.access(path, os.W_OK) and not is_its_own(path)]
for path in open_files[:20]:
    print("ATTACK", "SUCCEEDED: it may write", path)
print("every file of the kernel asked for:", seen > 10)

# %%
# Its own limits are files too: of memory, processes, processor, and the program that runs when a group is empty.
limits = (
    "memory.max",
    "memory.limit_in_bytes",
    "pids.max",
    "cpu.max",
    "cpu.cfs_quota_us",
    "release_agent",
    "notify_on_release",
    "cgroup.procs",
    "devices.allow",
    "freezer.state",
)
for folder, _, files in os.walk("/sys/fs/cgroup"):
    for file in limits:
        if file in files and opens(os.path.join(folder, file)):
            print("ATTACK", "SUCCEEDED: it may lift its own limit", file)
    if os.access(folder, os.W_OK):
        print("ATTACK", "SUCCEEDED: it may make groups in", folder)
print("its own limits tried")
