# why: The package is saved as a folder with a signature built by hand, then logged as artifacts of a run.

# %% exercise="package"
import tempfile

from mlflow.models import ModelSignature
from mlflow.types import ColSpec, Schema


def package(pipeline: Pipeline, rows: pd.DataFrame, trusted: list[str]) -> str:
    kinds = {name: "double" if column.dtype.kind in "if" else "string" for name, column in rows.items()}
    model = mlflow.sklearn
    with tempfile.TemporaryDirectory() as folder, mlflow.start_run() as run:
        model.save_model(
            pipeline,
            f"{folder}/model",
            signature=ModelSignature(inputs=Schema([ColSpec(kind, name) for name, kind in kinds.items()])),
            pip_requirements=[
                f"{one.__name__.replace('sklearn', 'scikit-learn')}=={one.__version__}" for one in (sklearn, skops)
            ],
            skops_trusted_types=trusted,
            pyfunc_predict_fn="predict_proba",
        )
        mlflow.log_artifacts(f"{folder}/model", "model")
    return f"runs:/{run.info.run_id}/model"
