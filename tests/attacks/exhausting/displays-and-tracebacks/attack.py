# %%
from IPython.display import publish_display_data

for number in range(100_000):
    publish_display_data({"text/plain": f"display {number}"})


# %%
raise ValueError("v" * 10_000_000)


# %%
def descend(depth):
    return descend(depth - 1) if depth else 1 / 0


descend(300)


# %%
class Long:
    def _repr_html_(self):
        return "h" * 100_000_000


Long()


# %%
print("what came after it is shown:", True)
