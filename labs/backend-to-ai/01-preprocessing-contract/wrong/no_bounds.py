# fails: test_impossible_numbers_are_refused
# why: Types without bounds: a tenure of minus one month is scored like any other.

# %% exercise="request"
class Request(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)
    customer_id: str = Field(min_length=1)
    tenure_months: int = Field()
    complaints: int = Field()
    monthly_bill_omr: float | None = Field(default=None)
    data_gb: float | None = Field(default=None)
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
