# why: Each check is a generator of claims, and all of them must hold.

# %% exercise="suite"
def behaviour_suite(predict, photo):
    def table(photos, notes):
        return predict(pd.DataFrame({"photo": photos, "note": notes}, dtype=object)).reset_index(drop=True)

    def close(one, other):
        return bool(abs(float(one) - float(other)) <= 1e-6)

    def hole():
        yield table([None], ["hole"])["decision"][0] == "repair"
        yield table([None], ["clean and dry"])["decision"][0] == "release"

    def nothing():
        found = table([None], [None])
        yield found["decision"][0] == "look"
        yield pd.isna(found["score"][0])

    def spelling():
        yield close(table([photo], ["rust, old"])["score"][0], table([photo], ["  RUST, OLD "])["score"][0])

    def neighbours():
        alone = table([photo], ["rust"])["score"][0]
        yield close(alone, table(["broken", photo], ["clean", "rust"])["score"][1])

    def rust():
        yield table([photo], ["old door rust"])["score"][0] - table([photo], ["old door"])["score"][0] > 0

    report = {"kind": ["MFT", "MFT", "INV", "INV", "DIR"], "name": [], "passed": []}
    for check in (hole, nothing, spelling, neighbours, rust):
        report["name"].append(check.__name__)
        try:
            report["passed"].append(all(check()))
        except Exception:  # noqa: BLE001
            report["passed"].append(False)
    return pd.DataFrame(report).astype({"passed": bool})
