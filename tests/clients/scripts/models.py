"""Saves models with signature and example, loads them back by every address, and finds them again."""

import time

import mlflow
import numpy as np
import pandas as pd
from checking import CLIENT, facts, own_name, refused, same
from mlflow import MlflowClient
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

features, target = load_iris(return_X_y=True, as_frame=True)
model = LogisticRegression(max_iter=500).fit(features, target)
expected = model.predict(features)
signature = infer_signature(features, expected)


class Doubler(mlflow.pyfunc.PythonModel):
    """The smallest model that is not scikit-learn's."""

    def predict(self, context, model_input, params=None):
        return model_input * 2


client = MlflowClient()
mlflow.set_experiment(own_name("models"))
experiment_id = mlflow.get_experiment_by_name(own_name("models")).experiment_id
with mlflow.start_run() as run:
    name = {"name": "flowers"} if CLIENT == "3" else {"artifact_path": "flowers"}
    saved = mlflow.sklearn.log_model(
        model, **name, signature=signature, input_example=features.head(2)
    )
    double = {"name": "doubler"} if CLIENT == "3" else {"artifact_path": "doubler"}
    mlflow.pyfunc.log_model(**double, python_model=Doubler())
run_id = run.info.run_id

addresses = [f"runs:/{run_id}/flowers", saved.model_uri]
if CLIENT == "3":
    addresses.append(f"models:/{saved.model_id}")
seconds = {}
for address in addresses:
    began = time.monotonic()
    loaded = mlflow.pyfunc.load_model(address)
    seconds[address] = round(time.monotonic() - began, 2)
    assert seconds[address] < 20, f"{address} took {seconds[address]} s: a missing file must be 404"
    same(list(loaded.predict(features)), list(expected), f"predictions of {address}")
    same(loaded.metadata.signature, signature, f"signature of {address}")
same(list(mlflow.sklearn.load_model(addresses[0]).predict(features)), list(expected), "as sklearn")
frame = pd.DataFrame({"x": [1.0, 2.0]})
doubled = mlflow.pyfunc.load_model(f"runs:/{run_id}/doubler").predict(frame)
same(np.asarray(doubled).ravel().tolist(), [2.0, 4.0], "the pyfunc model")

model_id = ""
if CLIENT == "2":
    history = client.get_run(run_id).data.tags["mlflow.log-model.history"]
    for folder in ("flowers", "doubler"):
        assert f'"artifact_path": "{folder}"' in history or f'"artifact_path":"{folder}"' in history
else:
    model_id = saved.model_id
    known = client.get_logged_model(model_id)
    same((known.name, known.source_run_id), ("flowers", run_id), "the logged model")
    assert "READY" in str(known.status), f"status: {known.status}"
    outputs = [output.model_id for output in client.get_run(run_id).outputs.model_outputs]
    assert model_id in outputs, f"the run's outputs: {outputs}"

    found = client.search_logged_models([experiment_id], filter_string="name = 'flowers'")
    same([item.model_id for item in found], [model_id], "found by name")
    found = client.search_logged_models([experiment_id], filter_string="name != 'flowers'")
    same([item.name for item in found], ["doubler"], "found by another name")

    client.set_logged_model_tags(model_id, {"owner": "ana", "state": "draft"})
    client.delete_logged_model_tag(model_id, "state")
    same(client.get_logged_model(model_id).tags.get("owner"), "ana", "tag of the model")
    assert "state" not in client.get_logged_model(model_id).tags
    found = client.search_logged_models([experiment_id], filter_string="tags.owner = 'ana'")
    same([item.model_id for item in found], [model_id], "found by tag")

    data = mlflow.data.from_pandas(features, name="iris", targets=None)
    with mlflow.start_run(run_id=run_id):
        mlflow.log_metric("val_acc", 0.75, step=3, model_id=model_id, dataset=data)
    [metric] = [item for item in client.get_logged_model(model_id).metrics if item.key == "val_acc"]
    same((metric.value, metric.step, metric.run_id), (0.75, 3, run_id), "metric of the model")
    same((metric.dataset_name, metric.dataset_digest), (data.name, data.digest), "its dataset")
    same(client.get_run(run_id).data.metrics["val_acc"], 0.75, "the same metric of the run")
    ordered = client.search_logged_models(
        [experiment_id],
        filter_string="metrics.val_acc > 0.5",
        order_by=[{"field_name": "metrics.val_acc", "ascending": False}],
    )
    same([item.model_id for item in ordered], [model_id], "found by metric")
    on = {"dataset_name": data.name, "dataset_digest": data.digest}
    ordered = client.search_logged_models(
        [experiment_id],
        filter_string="metrics.val_acc > 0.5",
        datasets=[on],
        order_by=[{"field_name": "metrics.val_acc", "ascending": False, **on}],
    )
    same([item.model_id for item in ordered], [model_id], "found by metric on a dataset")
    elsewhere = [{"dataset_name": "another"}]
    ordered = client.search_logged_models(
        [experiment_id], filter_string="metrics.val_acc > 0.5", datasets=elsewhere
    )
    same([item.model_id for item in ordered], [], "found by metric on another dataset")

    doubler = client.search_logged_models([experiment_id], filter_string="name = 'doubler'")[0]
    client.delete_logged_model(doubler.model_id)
    refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_logged_model(doubler.model_id))
    same(len(client.search_logged_models([experiment_id])), 1, "models after one was deleted")

facts(run=run_id, model=model_id, seconds=seconds)
