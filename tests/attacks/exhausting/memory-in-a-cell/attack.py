# %%
kept = []
for _ in range(40):
    kept.append(bytearray(64 * 1024 * 1024))
print("ATTACK", "SUCCEEDED: held 2.5 GB")


# %% exercise="triple"
def triple(number):
    return 3 * number
