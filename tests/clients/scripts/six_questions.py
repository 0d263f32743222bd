"""A team's month with nothing but MLflow: trains on two versions of a table, registers the best model, promotes it,
measures it in production, and has another run training. What Cairn then answers is asked by the tests that start this."""

import mlflow
import numpy as np
import pandas as pd
from checking import facts
from mlflow import MlflowClient
from mlflow.models import infer_signature
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score

PROJECT = "churn"
METRIC = "val/acc"

random = np.random.default_rng(7)


def customers(count):
    """Who leaves depends on two of three columns, with some noise."""
    values = random.normal(size=(count, 3))
    leaves = values[:, 0] + 0.5 * values[:, 1] + 0.3 * random.normal(size=count) > 0
    table = pd.DataFrame(values, columns=["spent", "calls", "age"])
    return table, leaves.astype(int)


def described(table, labels):
    frame = table.assign(leaves=labels)
    return mlflow.data.from_pandas(frame, source="customers.csv", name="customers", targets="leaves")


client = MlflowClient()
experiment = client.create_experiment(PROJECT, tags={"cairn.objective": f"max {METRIC}"})
mlflow.set_experiment(experiment_id=experiment)

held_table, held_labels = customers(400)
holdout = mlflow.data.from_pandas(
    held_table.assign(leaves=held_labels), source="holdout.csv", name="holdout", targets="leaves"
)

runs = []
for version, strengths in enumerate(([0.001, 0.01], [0.02, 1.0]), start=1):
    table, labels = customers(300 * version)
    for strength in strengths:
        with mlflow.start_run(run_name=f"C {strength}") as run:
            mlflow.log_input(described(table, labels), context="training")
            mlflow.log_input(holdout, context="evaluation")
            model = LogisticRegression(C=strength, max_iter=200).fit(table, labels)
            accuracy = accuracy_score(held_labels, model.predict(held_table))
            mlflow.log_params({"C": strength, "max_iter": 200, "rows": len(table)})
            mlflow.log_metric(METRIC, accuracy)
            signature = infer_signature(table, model.predict(table))
            mlflow.sklearn.log_model(
                model, "model", signature=signature, input_example=table.head(2), registered_model_name="churn"
            )
            runs.append((accuracy, run.info.run_id))

versions = {mv.run_id: mv.version for mv in client.search_model_versions("name = 'churn'")}
ranked = sorted(runs, reverse=True)
assert len({accuracy for accuracy, _ in runs}) == len(runs), "which run is the best is no question of luck"
best, best_run = ranked[0]
client.set_registered_model_alias("churn", "production", versions[ranked[-1][1]])
client.set_registered_model_alias("churn", "production", versions[best_run])

# What runs in production is measured by a run that says which version it evaluates.
drifted = held_table.assign(spent=held_table["spent"] + 0.8)
served = mlflow.sklearn.load_model("models:/churn@production")
with mlflow.start_run(
    run_name="week 1 in production",
    tags={"cairn.evaluates": "models:/churn@production", "cairn.environment": "production"},
):
    production = accuracy_score(held_labels, served.predict(drifted))
    mlflow.log_metric(METRIC, production)

# Somebody trains right now.
live = client.create_run(experiment, run_name="still training")
client.log_metric(live.info.run_id, METRIC, 0.5)

facts(
    project=PROJECT,
    metric=METRIC,
    best=best,
    bestRun=best_run,
    bestC=client.get_run(best_run).data.params["C"],
    version=int(versions[best_run]),
    production=production,
    live=live.info.run_id,
)
