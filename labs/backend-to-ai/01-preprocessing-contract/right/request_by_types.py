# why: Annotated types with a function before them, and bounds as annotations.

# %% exercise="request"
from typing import Annotated

from pydantic import BeforeValidator


def _number(value):
    assert not isinstance(value, bool), "not a number"
    if isinstance(value, str):
        value = "".join(LATIN_DIGITS.get(sign, sign) for sign in value.strip())
        value = value.replace(",", "").replace("٬", "")
        return None if value.lower() in BLANK else value
    return value


def _text(value):
    return (value.strip().lower() if value.strip().lower() not in BLANK else None) if isinstance(value, str) else value


LATIN_DIGITS = dict(zip("٠١٢٣٤٥٦٧٨٩٫", "0123456789.", strict=True))
Amount = Annotated[float | None, Field(ge=0, allow_inf_nan=False), BeforeValidator(_number)]
Name = Annotated[str | None, BeforeValidator(_text)]


class Request(BaseModel, extra="forbid"):
    customer_id: Annotated[str, Field(min_length=1)]
    tenure_months: Annotated[int, Field(ge=0, le=600), BeforeValidator(_number)]
    complaints: Annotated[int, Field(ge=0), BeforeValidator(_number)]
    monthly_bill_omr: Amount = None
    data_gb: Amount = None
    plan: Name = None
    governorate: Name = None
