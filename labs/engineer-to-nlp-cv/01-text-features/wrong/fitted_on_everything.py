# fails: test_learned_from_train, test_count_times_weight, test_columns, test_length_one_or_nothing
# why: Fitted on all reviews before the split: no stars are used, and still it leaks.

# %% exercise="tfidf"
from sklearn.feature_extraction.text import TfidfVectorizer


def tfidf(train: list[list[str]], new: list[list[str]], min_df: int) -> pd.DataFrame:
    vectorizer = TfidfVectorizer(analyzer=lambda review: review, min_df=min_df)
    values = vectorizer.fit_transform(train + new).toarray()[len(train) :]
    return pd.DataFrame(values, columns=vectorizer.get_feature_names_out())
