"""Makes the lab's data, byte for byte the same each time: `python make_data.py` in this folder.

The accounts and their lines are generated, by the process that is written down here.
"""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 24_968
ACCOUNTS = 620
DATA = Path(__file__).parent / "data"
# The share of a day's traffic by the hour, midnight first: Gulf evenings are long.
DAY = np.array([5, 3, 2, 1, 1, 1, 1, 2, 3, 4, 4, 4, 5, 5, 4, 4, 5, 5, 6, 7, 8, 8, 7, 6], dtype=float)


def main() -> None:
    """Write the file."""
    rng = np.random.default_rng(SEED)
    DATA.mkdir(exist_ok=True)
    make_lines(rng).to_csv(DATA / "lines.csv", index=False, lineterminator="\n")


def make_lines(rng: np.random.Generator) -> pd.DataFrame:
    """One row a line (a SIM card); a family or a firm has one to five lines on one account.

    The lines of an account share its contract, its trouble and its mood. The mood is not in the file, and it decides
    more than anything that is. The hours of the traffic say nothing about leaving.
    """
    lines = rng.choice([1, 2, 3, 4, 5], ACCOUNTS, p=[0.4, 0.25, 0.17, 0.12, 0.06])
    account = np.repeat(np.arange(ACCOUNTS), lines)
    tenure, delay = rng.gamma(1.8, 20, ACCOUNTS), rng.gamma(0.7, 9, ACCOUNTS)
    complaints, mood = rng.poisson(0.5, ACCOUNTS), rng.normal(0, 1.6, ACCOUNTS)
    rows = len(account)
    bill = rng.lognormal(2.3, 0.4, rows) * (1 + 0.1 * mood[account])
    data = rng.lognormal(2.2, 0.8, rows)
    dropped = rng.poisson(2 + 2 * (rng.random(rows) < 0.1))
    roaming = rng.poisson(1.2, rows)
    push = -4.6 - tenure[account] / 40 + 0.8 * complaints[account] + delay[account] / 18 + 0.3 * dropped + mood[account]
    frame = pd.DataFrame(
        {
            "account": [f"A{number:04d}" for number in account],
            "tenure_months": np.round(tenure[account]).astype(int),
            "payment_delay_days": np.round(delay[account]).astype(int),
            "complaints": complaints[account],
            "bill_omr": np.round(np.clip(bill, 1, None), 3),
            "data_gb": np.round(data, 1),
            "dropped_calls": dropped,
            "roaming_days": roaming,
        }
    )
    shares = rng.dirichlet(DAY, rows)
    for hour in range(24):
        frame[f"hour_{hour:02d}"] = np.round(shares[:, hour], 3)
    frame["churned"] = (rng.random(rows) < 1 / (1 + np.exp(-push))).astype(int)
    return frame


if __name__ == "__main__":
    main()
