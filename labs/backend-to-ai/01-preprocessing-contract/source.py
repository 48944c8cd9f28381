# %% [markdown] id="objective"
# # One preprocessing for training and for serving
#
# *Backend developer to AI developer, lab 1. About 45 minutes. You need Python, pydantic and a little pandas.*
#
# After this lab you can
#
# - write the contract of a scoring request, so that what cannot be is refused and what is not known is said;
# - clean a training table by the same rules, without losing a row or inventing a value;
# - put everything that preprocessing **learns** into one fitted object, and serve with it: one request alone gets the
#   very features that it would have got in the training table.
#
# There are four exercises (20 points, graded by hidden tests) and one written answer (4 points, graded by a person).

# %% [markdown] id="business"
# ## The business
#
# You work for a mobile operator in Oman. When a customer calls, the agent's screen should show how likely that
# customer is to leave in the next 90 days. The model learns at night from an export of the customer database. By day
# a service gets one customer at a time, as JSON, from the agents' app. Agents type on Latin and on Arabic keyboards:
# `12.5` and `١٢٫٥` are the same number, and the model must not know the difference.
#
# You have written such services before. The new danger has a name, **train/serve skew**: the same customer is turned
# into one set of numbers in training and into another in the service. Nothing crashes and no log has an error. The
# scores are just wrong.
#
# **Where the data comes from**
#
# | file | one row is | made how |
# |---|---|---|
# | `data/customers.csv` | one customer, and whether they left within 90 days (`churned`, 1 or 0) | generated |
#
# A customer has a plan, a governorate, months with us (`tenure_months`), a monthly bill (OMR), the data used in a month
# (GB) and the complaints of the last 90 days.
#
# The customers are generated: young contracts leave, complaints push, and a bill that is high for its plan pushes a
# little. The marks of real life are in the file too: about a fifth of the numbers were typed in Arabic digits, names
# have several spellings, and what is not known stands there as nothing, as `-` or as `N/A`.

# %% id="setup"
from pathlib import Path

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NUMBERS = ["tenure_months", "monthly_bill_omr", "data_gb", "complaints"]
TEXTS = ["plan", "governorate"]
# What people write when they do not know, in lower case.
BLANK = {"", "-", "n/a"}
# Arabic-Indic digits and the Arabic decimal separator to Latin; the Arabic thousands separator goes.
LATIN = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789.", "٬")

# As it stands in the file: everything is text, and nothing is taken for missing yet.
raw = pd.read_csv(Path("data") / "customers.csv", dtype=str, keep_default_na=False)
raw.head()

# %% [markdown] id="example"
# ## A worked example, on other data
#
# Run these three cells and read what they show. They are about a courier company in Amman.
#
# **One: silence is not success.** Drivers type how much fuel they took (litres).

# %% id="example-digits"
litres = pd.Series(["42.5", "٤٢٫٥", "1,040", "-", "forty"])
print("to_numeric, coerce:", pd.to_numeric(litres, errors="coerce").tolist())
print("after translate:   ", [text.translate(LATIN).replace(",", "") for text in litres])

# %% [markdown] id="example-coerce"
# `errors="coerce"` kept one value of five and said nothing. Three of the four that it dropped are three different
# things: a number in another script, a number with a separator, and "not known". Only `forty` is a fault, and a fault
# should be heard.
#
# **Two: what a transformer learns.** `fit` learns, `transform` applies. Look what happens to a single parcel when the
# scale is learned from the parcel itself.

# %% id="example-scale"
parcels = pd.DataFrame({"kg": [1.0, 2.0, 3.0, 10.0]})
scaler = StandardScaler().fit(parcels)
one = pd.DataFrame({"kg": [10.0]})
print("applied:      ", scaler.transform(one).ravel().round(2))
print("learned again:", StandardScaler().fit_transform(one).ravel().round(2))

# %% [markdown] id="example-columns"
# The heaviest parcel of all becomes 0, the most ordinary there is.
#
# **Three: the columns are learned too.** `pd.get_dummies` makes a column for each value that it meets. In the table
# it met three towns; in a request it meets one.

# %% id="example-dummies"
towns = pd.DataFrame({"town": ["Amman", "Irbid", "Aqaba"]})
encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(towns)
request = pd.DataFrame({"town": ["Irbid"]})
print("get_dummies:", pd.get_dummies(request["town"]).to_numpy().astype(int), "one column: which town is it?")
print("fitted:     ", encoder.transform(request).astype(int), list(encoder.categories_[0]))

# %% [markdown] id="request-task"
# ## 1. The contract at the door (5 points)
#
# Write the pydantic model of a scoring request. Some of its rules you know from other services. Two are about models:
#
# - **Not known is not zero.** A bill of 0 is a fact; a bill that nobody knows is `None`. The model treats them
#   differently.
# - **A typing error in a field's name must be heard.** If `montly_bill_omr` were passed over, the bill would be "not
#   known" and the score would look fine.
#
# `LATIN` and `BLANK` are in the setup cell.
#
# <details><summary>Hint 1: the idea</summary>
#
# A model answers everything: a bill of minus one million gets a score too. So the door must refuse what cannot be, and
# say "not known" for what is not there. Write the types first, then the bounds, then the one function that reads what
# people typed before pydantic looks at it.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `model_config = ConfigDict(extra="forbid", allow_inf_nan=False)` refuses unknown fields, and infinity and NaN.
# `Field(ge=0, le=600)` and `Field(min_length=1)` are bounds; `= None` or `Field(default=None, ge=0)` makes a field
# optional. `@field_validator("tenure_months", ..., mode="before")` above a `@classmethod` sees the raw value: there,
# refuse a `bool`, and turn text into Latin digits without thousands separators. pydantic turns a `ValueError` that you
# raise into its own `ValidationError`.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# model_config = ConfigDict(extra="forbid", allow_inf_nan=False)
# customer_id: str = Field(min_length=1)
# tenure_months: int = Field(ge=0, le=600)
# ...
# plan: str | None = None
#
# @field_validator(*NUMBERS, *TEXTS, mode="before")
# @classmethod
# def read(cls, value, info):
#     if isinstance(value, bool):
#         raise ValueError("true and false are not numbers")
#     if not isinstance(value, str):
#         return value
#     value = value.strip().lower()
#     if value in BLANK:
#         return ...
#     return value if info.field_name in TEXTS else value.translate(LATIN).replace(...)
# ```
#
# </details>

# %% exercise="request"


class Request(BaseModel):
    """One customer to be scored. What breaks a rule raises pydantic's ValidationError.

    customer_id: text, not empty. Required.
    tenure_months: whole number from 0 to 600. Required.
    complaints: whole number, 0 or more. Required.
    monthly_bill_omr: number, 0 or more (OMR). Not known: None, which is the default.
    data_gb: number, 0 or more (GB). Not known: None, which is the default.
    plan, governorate: text, stored without blanks around it and in lower case. Not known: None, the default.

    A number may come as a JSON number or as text, with blanks around it, in Latin or Arabic-Indic digits, with
    thousands separators or without: "1,250.5" and "١٬٢٥٠٫٥" are 1250.5. Infinity, NaN, true and false are no
    numbers.
    A text that is in BLANK, whatever its case and the blanks around it, means "not known", in numbers and in texts;
    where the field is required it is refused. A field that is not named here is refused.
    """

    ### BEGIN SOLUTION
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)
    customer_id: str = Field(min_length=1)
    tenure_months: int = Field(ge=0, le=600)
    complaints: int = Field(ge=0)
    monthly_bill_omr: float | None = Field(default=None, ge=0)
    data_gb: float | None = Field(default=None, ge=0)
    plan: str | None = None
    governorate: str | None = None

    @field_validator(*NUMBERS, *TEXTS, mode="before")
    @classmethod
    def read(cls, value, info):
        if isinstance(value, bool):
            raise ValueError("true and false are not numbers")
        if not isinstance(value, str):
            return value
        value = value.strip().lower()
        if value in BLANK:
            return None
        return value if info.field_name in TEXTS else value.translate(LATIN).replace(",", "")

    ### END SOLUTION


# %% check="request"
assert "Request" in globals(), "There is no Request yet: write the class in the cell above, then run that cell."
good = {
    "customer_id": "OM000001",
    "tenure_months": "١٢",
    "complaints": 0,
    "monthly_bill_omr": "١٬٢٥٠٫٥",
    "plan": " Family ",
}
answer = Request.model_validate(good).model_dump()
assert answer["tenure_months"] == 12, "'١٢' is 12: translate the digits before pydantic looks at the value."
assert answer["monthly_bill_omr"] == 1250.5, "'١٬٢٥٠٫٥' is 1250.5: LATIN knows both Arabic separators."
assert answer["plan"] == "family", (
    "Store texts without blanks around them and in lower case, as the model learned them."
)
assert answer["data_gb"] is None, "data_gb is not in the request: that is None, not 0."
assert Request.model_validate(good | {"monthly_bill_omr": "N/A"}).monthly_bill_omr is None, "'N/A' means: not known."
bad = {
    "a customer with no id": {"customer_id": ""},
    "-3 months": {"tenure_months": -3},
    "601 months": {"tenure_months": 601},
    "an endless bill": {"monthly_bill_omr": float("inf")},
    "true complaints": {"complaints": True},
    "blank complaints, which are required": {"complaints": "-"},
    "a field that nobody knows": {"montly_bill_omr": 12},
}
for what, fault in bad.items():
    try:
        Request.model_validate(good | fault)
    except ValidationError:
        continue
    raise AssertionError(f"The contract let {what} in.")
print(f"Good. {len(bad)} impossible requests were refused.")

# %% [markdown] id="clean-task"
# ## 2. The same rules for the table (5 points)
#
# The training table was not typed through your API, so it must be read by the same rules here. Three things tend to
# go wrong:
#
# - values that cannot be read become NaN in silence (you saw it above);
# - rows with a gap are dropped. The service cannot drop a customer who is on the phone, so the model must
#   have met gaps;
# - `str(NaN)` is the text `nan`, and a plan called "nan" is born.
#
# In tables this lab writes "not known" as `NaN`, in columns of text too. Choose one sign and keep to it.
#
# <details><summary>Hint 1: the idea</summary>
#
# The door and the table must read a value alike, or the model is trained on one language and asked in another. Write
# one small function for one value, use it for every cell, and keep the rows where they are: nothing here looks at two
# rows at once.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `pd.isna(value)` knows None and NaN. `str(value).strip().lower() in BLANK` finds the blanks.
# `text.translate(LATIN).replace(",", "")` is ready for `float`, which raises ValueError by itself: catch it to add the
# column's name, and raise again. `df[column].map(function)` works by cell and keeps the index.
# `pd.to_numeric(errors="coerce")` would hide what it cannot read.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# def read(value):
#     text = str(value).strip().lower()
#     return np.nan if pd.isna(value) or text in BLANK else text
#
# cleaned = df.copy()
# for column in TEXTS:
#     cleaned[column] = df[column].map(read).astype(object)
# for column in NUMBERS:
#     try:
#         cleaned[column] = [float(str(read(value))...) for value in df[column]]
#     except ValueError as error:
#         raise ValueError(f"...") from error
# return cleaned
# ```
#
# </details>

# %% exercise="clean"


def clean(df: pd.DataFrame) -> pd.DataFrame:
    """The table in the types that the model is trained on. Nothing is learned here, and no row is lost.

    Args:
        df: one row or many, with any index (labels may repeat), the columns of NUMBERS and of TEXTS, and perhaps
            others. A number may be a number or a text as in `Request`; a value may be None, NaN, or a text that is
            in BLANK, whatever its case and the blanks around it: all of these mean "not known".

    Returns:
        A new table with the rows, order, index and columns of `df`, which is not changed. Columns of NUMBERS:
        float64, NaN where not known. Columns of TEXTS: without blanks around them and in lower case, `np.nan` where
        not known. Other columns as they were.

    Raises:
        ValueError: when a known text in a column of NUMBERS is no number; the message has the column's name.
    """
    ### BEGIN SOLUTION

    def read(value):
        text = str(value).strip().lower()
        return np.nan if pd.isna(value) or text in BLANK else text

    cleaned = df.copy()
    for column in TEXTS:
        cleaned[column] = df[column].map(read).astype(object)
    for column in NUMBERS:
        try:
            cleaned[column] = [float(str(read(value)).translate(LATIN).replace(",", "")) for value in df[column]]
        except ValueError as error:
            raise ValueError(f"{column}: {error}") from error
    return cleaned
    ### END SOLUTION


# %% check="clean"
before = raw.copy()
customers = clean(raw)
assert raw.equals(before), "`raw` itself was changed. Work on a copy."
assert len(customers) == len(raw), "Rows are lost. A customer with a gap is still a customer."
assert all(customers[name].dtype == float for name in NUMBERS), "Columns of NUMBERS should be float64."
plans = sorted(customers["plan"].dropna().unique())
assert plans == ["family", "fibre", "postpaid", "prepaid"], f"Four plans are sold, the table has {plans}."
assert all(isinstance(value, float) for value in customers["plan"][customers["plan"].isna()]), (
    "Write a missing text as np.nan: to scikit-learn None and NaN are two different things."
)
coerced = pd.to_numeric(raw["monthly_bill_omr"], errors="coerce").isna().sum()
lost = customers["monthly_bill_omr"].isna().sum()
assert lost == 29, f"29 bills are not known, you have {lost}."
try:
    clean(raw.head(1).assign(data_gb="forty"))
except ValueError as error:
    assert "data_gb" in str(error), "Say in the message which column cannot be read."
else:
    raise AssertionError("'forty' is no number. Raise ValueError rather than guess.")
print(f"{lost} bills are not known. errors='coerce' would have lost {coerced}.")

# %% [markdown] id="preprocessor-task"
# ## 3. Learned once (5 points)
#
# A model wants numbers without gaps, on one scale, and a column for each category. All three are *learned*: the
# median, the scale, and the list of categories. Describe the steps as one scikit-learn object, not yet fitted. It is
# fitted on training rows only, saved, and carried to the server.
#
# Two edges matter in production. A plan that was launched after the training is unknown to the model: its row gets 0
# in every plan column. And a column that was empty on the night of the training must not vanish, or every column
# after it moves one place.
#
# <details><summary>Hint 1: the idea</summary>
#
# Everything that is *learned* (a median, a mean, a list of plans) belongs into an object with `fit` and `transform`,
# so that it can be learned from the training rows and then carried to the server. You only describe the steps; nothing
# is fitted here.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `ColumnTransformer([(name, steps, columns), ...])` picks columns by name and drops the rest. For the numbers
# `make_pipeline(SimpleImputer(strategy="median", ...), StandardScaler())`; look up `keep_empty_features`. For the
# texts `SimpleImputer(strategy="constant", fill_value=...)`, then `OneHotEncoder`; look up `handle_unknown` and
# `sparse_output`.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# numbers = make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())
# texts = make_pipeline(
#     SimpleImputer(strategy="constant", fill_value="missing"),
#     OneHotEncoder(handle_unknown=..., sparse_output=False),
# )
# return ColumnTransformer([("numbers", numbers, num), ("texts", ...)])
# ```
#
# </details>

# %% exercise="preprocessor"


def build_preprocessor(num: list[str], cat: list[str]) -> ColumnTransformer:
    """The steps from a cleaned table to features, not fitted.

    Args:
        num: names of columns of numbers (float, NaN where not known).
        cat: names of columns of texts (object, NaN where not known).

    Returns:
        A ColumnTransformer whose `fit` and `transform` take tables that have these columns, in any order, and perhaps
        others, which are dropped. `transform` gives a dense float array of one row for each row of the table:
        first one column for each of `num`, in that order: gaps are filled with the median of the fitted rows, then
        the mean of the fitted rows (so filled) is taken off, and it is divided by their standard deviation (of the
        population, that is with n below the line); a number that is missing in all fitted rows, or the same in all,
        is 0 for every row like them;
        then for each of `cat`, in that order, one column for each category of the fitted rows, sorted by name, 1 where
        the row has it, else 0. Missing counts as a category of the name "missing". A category that the fitted rows
        do not have is 0 in all columns.
    """
    ### BEGIN SOLUTION
    numbers = make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())
    texts = make_pipeline(
        SimpleImputer(strategy="constant", fill_value="missing"),
        OneHotEncoder(handle_unknown="ignore", sparse_output=False),
    )
    return ColumnTransformer([("numbers", numbers, num), ("texts", texts, cat)])
    ### END SOLUTION


# %% check="preprocessor"
toy = pd.DataFrame(
    {"months": [2.0, 4.0, np.nan, 6.0], "never": np.nan, "plan": ["family", "prepaid", np.nan, "family"]}
)
toy_preprocessor = build_preprocessor(["months", "never"], ["plan"])
assert isinstance(toy_preprocessor, ColumnTransformer), "Return the ColumnTransformer itself."
answer = toy_preprocessor.fit_transform(toy)
assert isinstance(answer, np.ndarray), "The features should be a dense array: see sparse_output."
assert answer.shape == (4, 5), (
    f"Two numbers, and three plans (family, missing, prepaid): 5 columns, not {answer.shape[1]}. "
    "Did the empty column vanish, or the missing plan?"
)
assert answer[2, 0] == 0, "The gap is filled with the median 4, which is the mean here too: scaled it is 0."
assert list(answer[2, 2:]) == [0, 1, 0], "Row 2 has no plan: 1 in the column 'missing', the second by name."
launched_later = pd.DataFrame({"plan": ["fibre"], "never": [3.0], "months": [6.0], "agent": ["Salim"]})
answer = toy_preprocessor.transform(launched_later)
assert list(answer[0, 2:]) == [0, 0, 0], "A plan that training did not have is 0 in every plan column."
assert np.isclose(answer[0, 0], 2**0.5), (
    "6 months are 2 above the mean of 4, and the standard deviation is the root of 2."
)
print("Good. Columns:", *toy_preprocessor.get_feature_names_out())

# %% [markdown] id="features-task"
# ## 4. One row alone (5 points)
#
# Now the service. It gets requests that have passed your contract, as dicts, mostly one at a time. Their features must
# be those that the same customers would have had in the training table.
#
# A single request shows what a table hides: in a table of one row with an unknown bill, the column of bills holds
# nothing but `None`, and pandas gives it the dtype `object`.
#
# <details><summary>Hint 1: the idea</summary>
#
# Make from the requests the very table that training had: same column names, same dtypes, same sign for "not known".
# Then only `transform`. Look at the dtype of a column in which all values are None: a single request is enough for
# that.
#
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `pd.DataFrame(rows, columns=[...])` takes fields by name, leaves out others and fills absent ones.
# `.astype(dict.fromkeys(NUMBERS, float))` turns None into NaN there. In text columns None stays None, and to
# scikit-learn's imputer that is a value: `.where(table.notna(), np.nan)`. A transformer refuses a table of no rows;
# `preprocessor.get_feature_names_out()` says how many columns there would be.
#
# </details>
# <details><summary>Hint 3: nearly the code</summary>
#
# ```python
# if not rows:
#     return np.empty((0, len(preprocessor.get_feature_names_out())))
# table = pd.DataFrame(rows, columns=[*NUMBERS, *TEXTS])
# table = table.astype(dict.fromkeys(NUMBERS, float) | dict.fromkeys(TEXTS, object))
# return preprocessor.transform(table.where(...))
# ```
#
# </details>

# %% exercise="features"


def to_features(preprocessor: ColumnTransformer, rows: list[dict]) -> np.ndarray:
    """The features of some requests, in their order.

    Args:
        preprocessor: a preprocessor of NUMBERS and TEXTS, fitted on a cleaned table. It is not fitted again.
        rows: n requests, n may be 0: dicts as `Request(...).model_dump()` gives them, with their fields in any order.
            A number or text may be None or absent, which is the same; fields that are neither in NUMBERS nor in TEXTS
            are passed over.

    Returns:
        Float array of n rows. Each is what `preprocessor.transform` gives for the same customer in a table as `clean`
        returns it, where a gap is NaN; it does not depend on the other requests.
    """
    ### BEGIN SOLUTION
    if not rows:
        return np.empty((0, len(preprocessor.get_feature_names_out())))
    table = pd.DataFrame(rows, columns=[*NUMBERS, *TEXTS])
    table = table.astype(dict.fromkeys(NUMBERS, float) | dict.fromkeys(TEXTS, object))
    return preprocessor.transform(table.where(table.notna(), np.nan))
    ### END SOLUTION


# %% check="features"
fitted = build_preprocessor(NUMBERS, TEXTS).fit(customers)
table_features = fitted.transform(customers)
requests = [
    {name: None if pd.isna(value) else value for name, value in row.items()}
    for row in customers.drop(columns="churned").to_dict("records")
]
batch = to_features(fitted, requests)
assert isinstance(batch, np.ndarray), "Return the array that the preprocessor gives."
assert batch.shape == table_features.shape, (
    f"The table has features of shape {table_features.shape}, yours {batch.shape}."
)
assert np.allclose(batch, table_features), (
    "A batch of all customers should have the features of the training table. Is the order kept, and is every None, in "
    "texts too, NaN before the preprocessor sees it?"
)
for place in range(40):
    alone = to_features(fitted, [requests[place]])
    assert alone.shape == (1, batch.shape[1]), (
        f"One request gives 1 row of {batch.shape[1]} features, not {alone.shape}."
    )
    assert np.allclose(alone[0], batch[place]), (
        "Alone a request has other features than among others: what is learned anew?"
    )
nothing_known = to_features(fitted, [{"customer_id": "OM000002"}])
assert nothing_known.shape == batch[:1].shape, "A customer of whom nothing is known still has a row."
assert to_features(fitted, []).shape == (0, batch.shape[1]), "An empty batch has no rows and all columns."
print(f"Good. 40 customers have the same {batch.shape[1]} features in the table, in a batch and alone.")

# %% [markdown] id="why-task"
# ## 5. In your own words (4 points)
#
# A colleague's service has been live for a week. She writes: *"In the notebook the model was good. Live, every
# customer gets nearly the same score. My service does just what the notebook does: get_dummies, then StandardScaler
# fit_transform, then predict."*
#
# Answer her in five to eight sentences. Say what went wrong, what happens to a single request on the way, how a test
# would have found it before going live, and what to do instead. A person grades this answer.

# %% [markdown] written="why" points=4
# *Write your answer here.*

# %% [markdown] id="recall"
# ## Do you remember?
#
# Answer first, then unfold.
#
# <details><summary>Why is a field refused that the contract does not know? Robust services are lenient.</summary>
#
# A mistyped optional field would turn into "not known", and a model answers that as readily as anything else. The
# client would never hear of its mistake.
#
# </details>
# <details><summary>Why is the bill not filled with a median in <code>clean</code>?</summary>
#
# A median is learned. `clean` runs on training rows, on new rows and on single ones, and must do the same to each.
# What is learned belongs into the fitted object.
#
# </details>
# <details><summary>Why does an unseen plan not raise an error?</summary>
#
# A new plan is news and no fault: the customer is on the phone and wants to be served. The row is scored by its other
# features. Count such rows and raise an alarm when they become many.
#
# </details>
# <details><summary>You fit the preprocessor on all rows, then split into training and test rows. So what?</summary>
#
# The medians and scales have seen the test rows. It moves a score very little, which is why nobody notices. Fit it on
# the training rows; inside a cross-validation, anew in each fold.
#
# </details>
# <details><summary>Where would the rules of <code>Request</code> and of <code>clean</code> drift apart, and how would
# you stop it?</summary>
#
# When somebody adds a spelling to one and not to the other. Share the function that reads one value, and keep a test
# that sends rows of the table through both.
#
# </details>

# %% [markdown] id="stretch"
# ## Stretch, for those with time left
#
# Write `skew_report(preprocessor, table, rows)`: it sends each row of a cleaned table through `Request` and
# `to_features`, compares with the features of the table, and returns a table of the columns that differ, by how much
# and in how many rows. Then break something on purpose (leave out `LATIN`, say) and watch it show up. Such a report,
# run before every release, is cheaper than a week of wrong scores.
