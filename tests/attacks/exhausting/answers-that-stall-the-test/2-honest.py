# %%
print("an honest notebook, graded after it")
