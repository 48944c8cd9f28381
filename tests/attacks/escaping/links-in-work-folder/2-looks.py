# %%
import os
import shutil
import tempfile

victim = os.path.join(tempfile.gettempdir(), "pivotlab-attack-victim")
if os.path.lexists("everything") or os.path.islink("data"):
    print("ATTACK", "SUCCEEDED: it met links of the submission before it")
if os.path.isdir(victim):
    if sorted(os.listdir(victim)) != ["prices.csv", "twin.csv"]:
        print("ATTACK", "SUCCEEDED: clearing away followed a link")
    with open(os.path.join(victim, "prices.csv")) as file:
        if file.read() != "item,price,count\nleft,1,1\n":
            print("ATTACK", "SUCCEEDED: its data was written through a link")
    shutil.rmtree(victim)
print("its own data folder:", not os.path.islink("data"))
