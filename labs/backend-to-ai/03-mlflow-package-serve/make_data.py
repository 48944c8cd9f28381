"""Makes the lab's data, byte for byte the same each time: `python make_data.py` in this folder.

The customers are generated, by the process that is written down here.
"""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 39_968
ROWS = 500
DATA = Path(__file__).parent / "data"
PLANS = {"prepaid": 0.45, "postpaid": 0.3, "family": 0.18, "fibre": 0.07}
BILLS_OMR = {"prepaid": 6, "postpaid": 16, "family": 34, "fibre": 27}


def main() -> None:
    """Write the file."""
    rng = np.random.default_rng(SEED)
    DATA.mkdir(exist_ok=True)
    make_customers(rng).to_csv(DATA / "customers.csv", index=False, lineterminator="\n")


def make_customers(rng: np.random.Generator) -> pd.DataFrame:
    """One row a customer, cleaned as in lab 1, with gaps; young contracts leave, and complaints push."""
    plan = rng.choice(list(PLANS), ROWS, p=list(PLANS.values()))
    tenure = np.round(rng.gamma(1.6, 18, ROWS))
    bill = np.round(pd.Series(plan).map(BILLS_OMR).to_numpy() * rng.lognormal(0, 0.35, ROWS), 3)
    complaints = rng.poisson(0.5, ROWS)
    push = -0.9 - tenure / 30 + 0.9 * complaints + 0.5 * (plan == "prepaid")
    frame = pd.DataFrame(
        {"tenure_months": tenure, "monthly_bill_omr": bill, "complaints": complaints.astype(float), "plan": plan}
    )
    for name in frame.columns:
        frame.loc[rng.random(ROWS) < 0.04, name] = np.nan
    frame["churned"] = (rng.random(ROWS) < 1 / (1 + np.exp(-push))).astype(int)
    return frame


if __name__ == "__main__":
    main()
