# fails: test_length_one_or_nothing
# why: Sorts the reviews in place, so their order is gone for whoever uses them next.

# %% exercise="tfidf"
def tfidf(train: list[list[str]], new: list[list[str]], min_df: int) -> pd.DataFrame:
    for review in new:
        review.sort()
    df = Counter(word for review in train for word in set(review))
    words = sorted(word for word in df if df[word] >= min_df)
    idf = np.array([math.log((1 + len(train)) / (1 + df[word])) + 1 for word in words])
    counts = [Counter(review) for review in new]
    weights = np.array([[count[word] for word in words] for count in counts]) * idf
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    return pd.DataFrame(weights / np.where(lengths > 0, lengths, 1), columns=words)
