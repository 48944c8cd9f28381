"""Exercise `tokenize`: what is a token, what separates, and that both hold in every alphabet."""

import numpy as np

WORDS = ["مطار", "المغرب", "شايفه", "بيت", "harbour", "zoe", "façade", "москва", "ελλάδα", "東京", "לילה"]
WORDS += ["7abibi", "a7san"]
SIGNS = list(' .,!?;:()[]{}<>"/\\|-_+=*&%$#@~^\n\t') + list("،؛؟«»…—–“”・")


def ask(notebook, texts: list[str]) -> list[list[str]]:
    """The tokens of many texts, in one question."""
    answers = notebook.run("[tokenize(_text) for _text in texts]", texts=texts)
    assert isinstance(answers, list)
    assert len(answers) == len(texts)
    for answer in answers:
        assert isinstance(answer, list), f"not a list but {type(answer).__name__}"
        assert all(isinstance(token, str) for token in answer)
    return answers


def test_words_of_any_alphabet(notebook):
    rng = np.random.default_rng(821)
    truth = [[str(word) for word in rng.choice(WORDS, rng.integers(1, 9))] for _ in range(60)]
    assert ask(notebook, [" ".join(tokens) for tokens in truth]) == truth
    loud = ["Doha MALL Ürün", "МОСКВА ÉTÉ"]
    assert ask(notebook, loud) == [["doha", "mall", "ürün"], ["москва", "été"]]


def test_separators(notebook):
    rng = np.random.default_rng(822)
    words = [word for word in WORDS if word.isalpha()]
    texts, truth = [], []
    for sign in SIGNS:
        one, two = (str(word) for word in rng.choice(words, 2))
        texts.append(f"{sign}{one}{sign}{two}{sign * 3}")
        truth.append([one, two])
    assert ask(notebook, texts) == truth
    assert ask(notebook, ["", "   ", "".join(SIGNS)]) == [[], [], []]


def test_held_together(notebook):
    cases = {
        "سعر 12.75 ريال": ["سعر", "12.75", "ريال"],
        "total 3,450,000.25 paid": ["total", "3,450,000.25", "paid"],
        "room 101, floor 3.": ["room", "101", "floor", "3"],
        ".5 or 5. or 6,": ["5", "or", "5", "or", "6"],
        "1..2 3,.4": ["1", "2", "3", "4"],
        "it isn't ours": ["it", "isn't", "ours"],
        "it isn\u2019t Omar\u2019s": ["it", "isn't", "omar's"],
        "'quoted' words'": ["quoted", "words"],
        "rock''n'roll": ["rock", "n'roll"],
        "el7amdulillah 3ala salamtak": ["el7amdulillah", "3ala", "salamtak"],
        "shu 2al? ma3'ool": ["shu", "2al", "ma3'ool"],
    }
    assert ask(notebook, list(cases)) == list(cases.values())


def test_emoji(notebook):
    first, last = "\U0001f300", "\U0001faff"
    cases = {
        f"{first}{last}": [first, last],
        "😴😴😴": ["😴", "😴", "😴"],
        "slow😴bus": ["slow", "😴", "bus"],
        "بطيء🚌 جدا🚌": ["بطيء", "🚌", "جدا", "🚌"],
        "5🌟, 4.5🌟": ["5", "🌟", "4.5", "🌟"],
    }
    assert ask(notebook, list(cases)) == list(cases.values())
