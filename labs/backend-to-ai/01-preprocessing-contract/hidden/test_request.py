"""Exercise `request`: what the contract reads, and what it refuses."""

import numpy as np

ARABIC = str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬")
PLAIN = {"customer_id": "OM771203", "tenure_months": 31, "complaints": 2}
OPTIONAL = ["monthly_bill_omr", "data_gb", "plan", "governorate"]
NUMBERS = ["tenure_months", "complaints", "monthly_bill_omr", "data_gb"]

READ = """
import pydantic

def _outcome(payload):
    try:
        return Request.model_validate(payload).model_dump()
    except pydantic.ValidationError:
        return "refused"

[_outcome(payload) for payload in payloads]
"""


def read(notebook, payloads: list[dict]) -> list:
    """For each payload its fields as the contract read them, or "refused"."""
    told = notebook.run(READ, payloads=payloads)
    assert isinstance(told, list)
    assert len(told) == len(payloads)
    return told


def fields(outcome: object, names: list[str]) -> list:
    """The values of some fields of a request that was let in."""
    assert isinstance(outcome, dict), f"refused, or not a dict: {outcome}"
    assert set(names) <= set(outcome), f"fields {sorted(outcome)}"
    return [outcome[name] for name in names]


def spellings(number: float) -> list:
    """One number in all the ways in which the contract says that it may come."""
    texts = [str(number), f"{number:,}"]
    texts += [text.translate(ARABIC) for text in texts]
    return [number, *texts, *[f"  {text}\t" for text in texts]]


def test_requests_are_read_in_both_scripts(notebook):
    rng = np.random.default_rng(101)
    payloads, expected = [], []
    for _ in range(6):
        months, complaints = int(rng.integers(1, 600)), int(rng.integers(1_000, 90_000))
        bill, data = round(float(rng.uniform(1_000, 9_999)), 3), round(float(rng.uniform(0.1, 99)), 1)
        for written in zip(spellings(months), spellings(complaints), spellings(bill), spellings(data), strict=True):
            payloads.append(PLAIN | dict(zip(NUMBERS, written, strict=True)))
            expected.append([months, complaints, bill, data])
    for outcome, numbers in zip(read(notebook, payloads), expected, strict=True):
        found = fields(outcome, NUMBERS)
        assert all(type(value) in {int, float} for value in found), f"not numbers: {found}"
        assert found == numbers


def test_impossible_numbers_are_refused(notebook):
    whole = [-1, "-1", 2.5, "٢٫٥", "twelve", True, False, float("inf"), float("nan"), "inf", "NaN"]
    faults = [{name: value} for name in ("tenure_months", "complaints") for value in whole]
    faults += [{"tenure_months": 601}, {"tenure_months": "٦٠١"}, {"tenure_months": 10**6}]
    broken = [-0.001, "-0.5", "12 OMR", True, float("inf"), float("-inf"), float("nan"), "Infinity", "nan"]
    faults += [{name: value} for name in ("monthly_bill_omr", "data_gb") for value in broken]
    assert read(notebook, [PLAIN | fault for fault in faults]) == ["refused"] * len(faults)

    limits = {"tenure_months": 600, "complaints": 0, "monthly_bill_omr": 0, "data_gb": "0"}
    lowest = limits | {"tenure_months": 0}
    for outcome, edge in zip(read(notebook, [PLAIN | limits, PLAIN | lowest]), (limits, lowest), strict=True):
        assert fields(outcome, NUMBERS) == [float(edge[name]) for name in NUMBERS]


def test_missing_and_unknown_fields_are_refused(notebook):
    faults = [{key: value for key, value in PLAIN.items() if key != name} for name in PLAIN]
    faults += [PLAIN | {name: value} for name in ("tenure_months", "complaints") for value in (None, "", " - ", "N/A")]
    faults += [PLAIN | {"customer_id": value} for value in ("", None, 771203)]
    faults += [PLAIN | {"data_mb": 3}, PLAIN | {"Plan": "family"}, PLAIN | {"churned": 0}]
    assert read(notebook, [*faults, PLAIN])[:-1] == ["refused"] * len(faults)
    assert fields(read(notebook, [PLAIN])[0], ["customer_id"]) == ["OM771203"]


def test_not_known_is_none(notebook):
    payloads = [PLAIN, PLAIN | dict.fromkeys(OPTIONAL)]
    payloads += [PLAIN | dict.fromkeys(OPTIONAL, blank) for blank in ("", "  ", "-", " - ", "N/A", "n/a", "N/a ")]
    for outcome in read(notebook, payloads):
        assert fields(outcome, OPTIONAL) == [None] * 4
    (outcome,) = read(notebook, [PLAIN | {"plan": "  PostPaid, Plus\n", "governorate": " Al Wusta "}])
    assert fields(outcome, ["plan", "governorate"]) == ["postpaid, plus", "al wusta"]
