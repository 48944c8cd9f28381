# fails: test_learned_from_train, test_count_times_weight
# why: The list of words is of the past, but the weights are counted anew in each batch.

# %% exercise="tfidf"
def tfidf(train: list[list[str]], new: list[list[str]], min_df: int) -> pd.DataFrame:
    seen = Counter(word for review in train for word in set(review))
    words = sorted(word for word in seen if seen[word] >= min_df)
    df = Counter(word for review in new for word in set(review))
    idf = np.array([math.log((1 + len(new)) / (1 + df[word])) + 1 for word in words])
    counts = [Counter(review) for review in new]
    weights = np.array([[count[word] for word in words] for count in counts]) * idf
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    return pd.DataFrame(weights / np.where(lengths > 0, lengths, 1), columns=words)
