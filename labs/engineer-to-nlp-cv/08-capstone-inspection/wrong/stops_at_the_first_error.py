# fails: test_what_raises_has_failed
# why: An error of the model ends the suite.

# %% exercise="suite"
def behaviour_suite(predict: Callable[[pd.DataFrame], pd.DataFrame], photo: str) -> pd.DataFrame:

    def ask(*rows: tuple[str | None, str | None]) -> pd.DataFrame:
        return predict(pd.DataFrame(rows, columns=["photo", "note"]))

    def nothing() -> bool:
        answer = ask((None, None))
        return answer["decision"].tolist() == ["look"] and math.isnan(answer["score"].iloc[0])

    def spelling() -> bool:
        return math.isclose(*ask((photo, "rust, old"), (photo, "  RUST, OLD "))["score"], rel_tol=0, abs_tol=1e-6)

    def neighbours() -> bool:
        scores = ask((photo, "rust"))["score"].iloc[0], ask(("broken", "clean"), (photo, "rust"))["score"].iloc[1]
        return math.isclose(*scores, rel_tol=0, abs_tol=1e-6)

    def rust() -> bool:
        plain, rusty = ask((photo, "old door"), (photo, "old door rust"))["score"]
        return rusty > plain

    checks = {
        ("MFT", "hole"): lambda: (
            ask((None, "hole"), (None, "clean and dry"))["decision"].tolist() == ["repair", "release"]
        ),
        ("MFT", "nothing"): nothing,
        ("INV", "spelling"): spelling,
        ("INV", "neighbours"): neighbours,
        ("DIR", "rust"): rust,
    }
    rows = []
    for (kind, name), check in checks.items():
        passed = bool(check())
        rows.append((kind, name, passed))
    return pd.DataFrame(rows, columns=["kind", "name", "passed"])
