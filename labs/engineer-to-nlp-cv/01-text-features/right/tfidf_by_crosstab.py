# why: Counts with pandas, then row by row.

# %% exercise="tfidf"
def tfidf(train, new, min_df):
    known = pd.DataFrame([(number, word) for number, review in enumerate(train) for word in review]).drop_duplicates()
    df = known[1].value_counts()
    df = df[df >= min_df].sort_index()
    places = {word: place for place, word in enumerate(df.index)}
    table = np.zeros((len(new), len(df)))
    for number, review in enumerate(new):
        for word in review:
            if word in places:
                table[number, places[word]] += np.log1p(len(train)) - np.log1p(df[word]) + 1
        table[number] /= math.sqrt(table[number] @ table[number]) or 1.0
    return pd.DataFrame(table, columns=list(df.index))
