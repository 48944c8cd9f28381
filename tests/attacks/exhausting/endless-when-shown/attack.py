# %%
class Unending:
    """The loop in its end swallows the alarm: what is raised while an object goes is only told, and dropped."""

    def __repr__(self):
        while True:
            pass

    def __del__(self):
        while True:
            pass


print("a cell before the endless one")


# %%
Unending()


# %%
print("a cell after the endless one")
