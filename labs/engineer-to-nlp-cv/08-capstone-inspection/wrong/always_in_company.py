# fails: test_each_fault_fails_its_check
# why: The row is never asked alone, so a neighbour that shifts the answers is not noticed.

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
        answers = [ask(("broken", note), (photo, "rust"))["score"].iloc[1] for note in ("clean", "clean")]
        scores = answers[0], answers[1]
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
        try:
            passed = bool(check())
        except Exception:  # noqa: BLE001 - whatever a model raises, its check has failed
            passed = False
        rows.append((kind, name, passed))
    return pd.DataFrame(rows, columns=["kind", "name", "passed"])
