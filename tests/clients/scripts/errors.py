"""What a client branches on: error codes and words, at once rather than after four minutes of retries."""

import os
import time

import mlflow
import requests
from checking import facts, own_name, refused, same
from mlflow import MlflowClient
from mlflow.entities import Metric, Param

client = MlflowClient()
name = own_name("errors")
NOWHERE = "0" * 32
began = time.monotonic()

same(client.get_experiment_by_name("never made"), None, "an experiment that is not there")
experiment_id = client.create_experiment(name)
refused("RESOURCE_ALREADY_EXISTS", lambda: client.create_experiment(name), "exists")
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_experiment("987654"))
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_run(NOWHERE), NOWHERE)
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.log_metric(NOWHERE, "m", 1.0))

run_id = client.create_run(experiment_id).info.run_id
client.log_param(run_id, "lr", "0.1")
client.log_param(run_id, "lr", "0.1")
refused("INVALID_PARAMETER_VALUE", lambda: client.log_param(run_id, "lr", "0.2"), "lr")
same(client.get_run(run_id).data.params, {"lr": "0.1"}, "the param that was refused a change")
refused("INVALID_PARAMETER_VALUE", lambda: client.log_metric(run_id, "a/../b", 1.0))
refused("INVALID_PARAMETER_VALUE", lambda: client.log_metric(run_id, "k" * 251, 1.0))
refused("INVALID_PARAMETER_VALUE", lambda: client.set_tag(run_id, "bad?key", "v"))
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.delete_tag(run_id, "never set"))
refused("INVALID_PARAMETER_VALUE", lambda: client.search_runs([experiment_id], "metrics.acc >"))
refused("INVALID_PARAMETER_VALUE", lambda: client.search_runs([experiment_id], "nonsense.x = 1"))

# A batch is all or nothing: the metric beside a refused param is not there either.
refused(
    "INVALID_PARAMETER_VALUE",
    lambda: client.log_batch(run_id, metrics=[Metric("half", 1.0, 1, 0)], params=[Param("lr", "0.3")]),
)
same(client.get_metric_history(run_id, "half"), [], "metric of a refused batch")

client.delete_run(run_id)
refused("INVALID_PARAMETER_VALUE", lambda: client.log_metric(run_id, "m", 1.0), "active")
client.delete_experiment(experiment_id)
refused("INVALID_PARAMETER_VALUE", lambda: client.create_run(experiment_id), "active")

# Traces are not spoken yet, and that is said at once.
unknown = requests.get(f"{os.environ['MLFLOW_TRACKING_URI']}/api/2.0/mlflow/traces", timeout=30)
same(unknown.status_code, 404, "status of what is not spoken")
same(unknown.json()["error_code"], "ENDPOINT_NOT_FOUND", "error code of what is not spoken")
seconds = time.monotonic() - began
assert seconds < 20, f"{seconds:.0f} s: some refusal was retried"

facts(seconds=round(seconds, 2), experiment=experiment_id)
