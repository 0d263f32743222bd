"""Logs as a training loop does while others overload the server: all of it is there afterwards, thanks to urllib3's retries."""

import logging

import mlflow
from mlflow.entities import Metric

refusals = []


class Counting(logging.Handler):
    def emit(self, record):
        if "Retry" in record.getMessage():
            refusals.append(record)


logging.getLogger("urllib3").setLevel(logging.DEBUG)
logging.getLogger("urllib3").addHandler(Counting())
logging.getLogger("urllib3").propagate = False

client = mlflow.MlflowClient()
with mlflow.start_run() as run:
    for batch in range(3):
        steps = range(batch * 900, batch * 900 + 900)
        metrics = [Metric("loss", step / 7, 1_795_000_000_000 + step, step) for step in steps]
        client.log_batch(run.info.run_id, metrics=metrics)
        mlflow.log_param(f"p{batch}", batch)

stored = client.get_metric_history(run.info.run_id, "loss")
assert [(m.step, m.value) for m in stored] == [(step, step / 7) for step in range(2_700)], len(stored)
assert len(client.get_run(run.info.run_id).data.params) == 3
print("retried", len(refusals))
