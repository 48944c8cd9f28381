# %%
import os

# As if by SIGKILL, which is how an engine ends a container that somebody stops or that takes too much memory.
os._exit(137)

# %%
import os

# As if by SIGTERM: a machine that shuts down.
os._exit(143)

# %%
import os

# As if by SIGINT: somebody at the keyboard.
os._exit(130)
