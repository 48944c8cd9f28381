# %%
import os
import time


def parent_of(number):
    """The parent of a process; 0 when it has none here, or shows nothing."""
    try:
        with open(f"/proc/{number}/stat") as file:
            return int(file.read().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return 0


def is_family(number):
    """Whether a process is the first of this sandbox or descends from it."""
    while number not in {own, 0}:
        number = parent_of(number)
    return number == own


def is_there(number):
    """Signal 0 asks and does nothing; it is answered even where a process is not listed."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


own = os.getppid()
time.sleep(1.5)  # by now the judge has started, whose sandbox runs beside this one
listed = [int(name) for name in os.listdir("/proc") if name.isdigit()]
for how, numbers in {"by listing": listed, "by number": range(1, 5000)}.items():
    # Asked again at the end: what has just ended belongs to nobody.
    strangers = [one for one in numbers if is_there(one) and not is_family(one) and is_there(one)]
    if strangers:
        print("ATTACK", "SUCCEEDED: it finds processes that are not its own,", how)
    print("looked for processes of others", how)
