# fails: test_not_known_is_none
# why: A dash in an optional number is refused, though it says 'not known'.

# %% exercise="request"
class Request(BaseModel):
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
        if value in BLANK and info.field_name in TEXTS:
            return None
        return value if info.field_name in TEXTS else value.translate(LATIN).replace(",", "")
