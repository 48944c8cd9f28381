# why: scikit-learn's vectorizer, fitted on the past.

# %% exercise="tfidf"
from sklearn.feature_extraction.text import TfidfVectorizer


def tfidf(train, new, min_df):
    vectorizer = TfidfVectorizer(analyzer=list, min_df=min_df).fit(train)
    return pd.DataFrame(vectorizer.transform(new).toarray(), columns=vectorizer.get_feature_names_out())
