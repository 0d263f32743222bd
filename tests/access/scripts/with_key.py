"""Logs a run, or tries to: prints as JSON what the client said, one line."""

import json
import sys
import warnings

warnings.filterwarnings("ignore")

import mlflow
from mlflow.exceptions import MlflowException


def attempt(action):
    try:
        action()
        return {"said": "done"}
    except MlflowException as error:
        return {"said": error.error_code, "message": str(error)}


def log():
    with mlflow.start_run(experiment_id="0") as run:
        mlflow.log_param("lr", 0.1)
        mlflow.log_metric("loss", 0.5, step=1)
        mlflow.log_text("kept", "notes.txt")
    assert mlflow.artifacts.load_text(f"{run.info.artifact_uri}/notes.txt") == "kept"


outcome = {
    "client": mlflow.__version__,
    "read": attempt(lambda: mlflow.MlflowClient().get_experiment("0")),
    "log": attempt(log),
}
print(json.dumps(outcome))
sys.exit(0)
