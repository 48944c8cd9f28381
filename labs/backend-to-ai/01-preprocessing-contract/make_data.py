"""Makes the lab's data, byte for byte the same each time: `python make_data.py` in this folder.

The customers are generated, by the process that is written down here, and so are the marks that people and programs
leave in an export: Arabic digits, blanks, and several spellings of one name.
"""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 968
ROWS = 600
DATA = Path(__file__).parent / "data"
ARABIC = str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬")
PLANS = {"prepaid": 0.45, "postpaid": 0.3, "family": 0.18, "fibre": 0.07}
BILLS_OMR = {"prepaid": 6, "postpaid": 16, "family": 34, "fibre": 27}
GOVERNORATES = {"Muscat": 0.4, "Dhofar": 0.2, "Al Batinah North": 0.2, "Ad Dakhiliyah": 0.12, "Musandam": 0.08}


def main() -> None:
    """Write the file."""
    rng = np.random.default_rng(SEED)
    customers = make_customers(rng)
    for column in ("tenure_months", "monthly_bill_omr", "data_gb", "complaints"):
        customers[column] = make_typed(rng, customers[column])
    for column in ("plan", "governorate"):
        customers[column] = make_spelled(rng, customers[column])
    DATA.mkdir(exist_ok=True)
    customers.to_csv(DATA / "customers.csv", index=False, lineterminator="\n")


def make_customers(rng: np.random.Generator) -> pd.DataFrame:
    """One row a customer: what they pay, use and complain about, and whether they left in the next 90 days.

    Young contracts leave, complaints push, and a bill that is high for its plan pushes a little.
    """
    plan = rng.choice(list(PLANS), ROWS, p=list(PLANS.values()))
    tenure = np.round(rng.gamma(1.6, 18, ROWS)).astype(int)
    usual = pd.Series(plan).map(BILLS_OMR).to_numpy()
    bill = np.round(usual * rng.lognormal(0, 0.35, ROWS), 3)
    data = np.round(rng.lognormal(2.4, 0.9, ROWS) * np.where(plan == "fibre", 12, 1), 1)
    complaints = rng.poisson(0.5, ROWS)
    push = -1.6 - tenure / 30 + 0.9 * complaints + 0.8 * np.log(bill / usual) + 0.5 * (plan == "prepaid")
    return pd.DataFrame(
        {
            "customer_id": [f"OM{number:06d}" for number in rng.choice(1_000_000, ROWS, replace=False)],
            "plan": plan,
            "governorate": rng.choice(list(GOVERNORATES), ROWS, p=list(GOVERNORATES.values())),
            "tenure_months": tenure,
            "monthly_bill_omr": bill,
            "data_gb": data,
            "complaints": complaints,
            "churned": (rng.random(ROWS) < 1 / (1 + np.exp(-push))).astype(int),
        }
    )


def make_typed(rng: np.random.Generator, numbers: pd.Series) -> list[str]:
    """Numbers as they stand in an export: a fifth typed on an Arabic keyboard, a few not there."""
    texts = []
    for number, luck in zip(numbers, rng.random(len(numbers)), strict=True):
        text = f"{number:,}"
        if luck < 0.2:
            text = text.translate(ARABIC)
        elif luck > 0.96:
            text = ["", "-", "N/A"][int(luck * 1000) % 3]
        texts.append(text)
    return texts


def make_spelled(rng: np.random.Generator, names: pd.Series) -> list[str]:
    """Names as people and programs write them: capitals, blanks around them, now and then nothing."""
    spell = [str.title, str.upper, str.lower, lambda name: f" {name} ", lambda _: "", lambda _: "n/a"]
    which = rng.choice(len(spell), len(names), p=[0.6, 0.1, 0.15, 0.1, 0.03, 0.02])
    return [spell[number](name) for number, name in zip(which, names, strict=True)]


if __name__ == "__main__":
    main()
