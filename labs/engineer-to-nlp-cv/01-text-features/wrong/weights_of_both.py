# fails: test_learned_from_train, test_count_times_weight
# why: The weights are counted in the reviews of both sets, as if tomorrow's were here.

# %% exercise="tfidf"
def tfidf(train: list[list[str]], new: list[list[str]], min_df: int) -> pd.DataFrame:
    known = {word for review in train for word in review}
    seen = Counter(word for review in train for word in set(review))
    both = train + new
    df = Counter(word for review in both for word in set(review) & known)
    words = sorted(word for word in df if seen[word] >= min_df)
    idf = np.array([math.log((1 + len(both)) / (1 + df[word])) + 1 for word in words])
    counts = [Counter(review) for review in new]
    weights = np.array([[count[word] for word in words] for count in counts]) * idf
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    return pd.DataFrame(weights / np.where(lengths > 0, lengths, 1), columns=words)
