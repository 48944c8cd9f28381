# %%
import os
import resource

# One user's processes may limit each other. With a second of processor time left, the first process is killed by the
# kernel itself as soon as it has buried enough children, and that looks as if somebody outside had done it.
supervisor = os.getppid()
LIMITS = {
    "processor time": resource.RLIMIT_CPU,
    "memory": resource.RLIMIT_AS,
    "open files": resource.RLIMIT_NOFILE,
    "stack": resource.RLIMIT_STACK,
}

for name, kind in LIMITS.items():
    try:
        soft, hard = resource.prlimit(supervisor, kind)
        # What it is already, so that nothing changes; who may set that may set less.
        resource.prlimit(supervisor, kind, (soft, hard))
    except OSError:
        continue
    print("ATTACK", "SUCCEEDED: it sets the first process's limit of", name)
print("limits of the first process tried:", len(LIMITS))
# Its own limits are its own: an honest notebook may lower them.
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 512), hard))
print("it may lower its own:", resource.getrlimit(resource.RLIMIT_NOFILE)[0] <= 512)
