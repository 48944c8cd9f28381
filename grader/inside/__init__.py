"""Programs that run inside the sandboxes; standard library at import time, nothing of the host's."""
