"""Says on which data a run was trained and evaluated, reads it back, and finds runs by it."""

import mlflow
import numpy as np
import pandas as pd
from checking import facts, own_name, same
from mlflow import MlflowClient

client = MlflowClient()
mlflow.set_experiment(own_name("datasets"))
experiment_id = mlflow.get_experiment_by_name(own_name("datasets")).experiment_id

table = mlflow.data.from_pandas(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}), name="orders")
array = mlflow.data.from_numpy(np.arange(6).reshape(3, 2), name="pixels")
with mlflow.start_run(run_name="both") as both:
    mlflow.log_input(table, context="training")
    mlflow.log_input(array, context="evaluation")
    mlflow.log_input(table, context="training")
with mlflow.start_run(run_name="one") as one:
    mlflow.log_input(array, context="training", tags={"fold": "3"})

inputs = {item.dataset.name: item for item in client.get_run(both.info.run_id).inputs.dataset_inputs}
same(sorted(inputs), ["orders", "pixels"], "datasets of the run, the repeated one once")
same(inputs["orders"].dataset.digest, table.digest, "digest")
same(inputs["orders"].dataset.source_type, table.source._get_source_type(), "source type")
same(inputs["orders"].dataset.schema is not None, True, "schema is kept")
same(inputs["orders"].dataset.profile is not None, True, "profile is kept")
context = {tag.key: tag.value for tag in inputs["pixels"].tags}
same(context["mlflow.data.context"], "evaluation", "context")
[edge] = client.get_run(one.info.run_id).inputs.dataset_inputs
same({tag.key: tag.value for tag in edge.tags}.get("fold"), "3", "tag of the edge")

FILTERS = {
    "datasets.name = 'orders'": {"both"},
    "dataset.name = 'pixels'": {"both", "one"},
    f"datasets.digest = '{array.digest}'": {"both", "one"},
    "datasets.name LIKE 'pix%'": {"both", "one"},
    "datasets.name IN ('orders', 'nothing')": {"both"},
    "datasets.context = 'evaluation'": {"both"},
    "datasets.name = 'nothing'": set(),
}
for text, expected in FILTERS.items():
    found = {run.info.run_name for run in client.search_runs([experiment_id], text)}
    same(sorted(found), sorted(expected), f"runs found by {text!r}")

facts(run=both.info.run_id, digests=[table.digest, array.digest])
