def test_one(notebook):
    assert notebook.one(41) == 42


def test_two(notebook):
    assert notebook.two(40, 2) == 42


def test_two_of_text(notebook):
    assert notebook.two("4", "2") == "42"


def test_three(notebook):
    assert notebook.three(20, 20, 2) == 42
