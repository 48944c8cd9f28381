# fails: test_count_times_weight, test_length_one_or_nothing
# why: Reviews without known words are left out, and the rest slips up.

# %% exercise="tfidf"
def tfidf(train: list[list[str]], new: list[list[str]], min_df: int) -> pd.DataFrame:
    df = Counter(word for review in train for word in set(review))
    words = sorted(word for word in df if df[word] >= min_df)
    idf = np.array([math.log((1 + len(train)) / (1 + df[word])) + 1 for word in words])
    counts = [Counter(review) for review in new if set(review) & set(words)]
    weights = np.array([[count[word] for word in words] for count in counts]) * idf
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    return pd.DataFrame(weights / np.where(lengths > 0, lengths, 1), columns=words)
