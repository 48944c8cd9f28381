# %%
class Agreeable:
    """Equal to whatever it is compared with."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __hash__(self):
        return 0

    def __bool__(self):
        return True


def forged(*_args, **_kwargs):
    return Agreeable()


print("one object agrees:", forged() == 1 == forged())
