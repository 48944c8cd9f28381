# %%
import os
import shutil
import tempfile

# What is cleared away, or written for the next one, through a link hits what it leads to. Where the two submissions
# share a machine the victim lies in its folder for temporary files; else each has a victim of its own.
victim = os.path.join(tempfile.gettempdir(), "pivotlab-attack-victim")
os.makedirs(victim, exist_ok=True)
with open(os.path.join(victim, "prices.csv"), "w") as file:
    file.write("item,price,count\nleft,1,1\n")

if os.path.isdir("data"):
    shutil.rmtree("data")
os.symlink(victim, "data")
for name in (".ipython", ".cache", ".config", ".local", "hidden", "results", "notebook.ipynb"):
    if not os.path.lexists(name):
        os.symlink(victim, name)
os.symlink("/", "everything")
os.symlink("loop", "loop")
twin = os.path.join(victim, "twin.csv")
if not os.path.exists(twin):
    os.link(os.path.join(victim, "prices.csv"), twin)
print("links laid:", os.path.islink("data") and os.path.islink("everything"))
