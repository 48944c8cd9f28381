# why: Out-of-fold predictions first, then the score of each fold.

# %% exercise="score"
from sklearn.model_selection import GroupKFold, cross_val_predict


def cv_score(pipe: Pipeline, X: pd.DataFrame, y: pd.Series, groups: pd.Series) -> np.ndarray:
    cuts = list(GroupKFold(5).split(X, y, groups))
    chances = cross_val_predict(pipe, X, y, cv=cuts, method="predict_proba")[:, 1]
    return np.array([average_precision_score(y.to_numpy()[ask], chances[ask]) for _, ask in cuts])
