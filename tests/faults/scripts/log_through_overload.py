"""Logs as a training loop does while others overload the server: all of it is there afterwards, thanks to urllib3's retries."""

import logging
import os
import pathlib

import mlflow
from mlflow.entities import Metric

refusals = []
# Made at the first refusal, for whoever wants to know of it.
REFUSED = os.environ.get("REFUSED_FILE")


class Counting(logging.Handler):
    def emit(self, record):
        if "Retry" in record.getMessage():
            refusals.append(record)
            if REFUSED:
                pathlib.Path(REFUSED).touch()


logging.getLogger("urllib3").setLevel(logging.DEBUG)
logging.getLogger("urllib3").addHandler(Counting())
logging.getLogger("urllib3").propagate = False

# As many batches as it takes to be refused: on a quick machine the first ones may slip through.
LEAST, MOST = 3, 300
client = mlflow.MlflowClient()
batches = 0
with mlflow.start_run() as run:
    while batches < LEAST or (not refusals and batches < MOST):
        batch = batches
        batches += 1
        steps = range(batch * 900, batch * 900 + 900)
        metrics = [Metric("loss", step / 7, 1_795_000_000_000 + step, step) for step in steps]
        client.log_batch(run.info.run_id, metrics=metrics)
        mlflow.log_param(f"p{batch}", batch)

stored = client.get_metric_history(run.info.run_id, "loss")
assert [(m.step, m.value) for m in stored] == [(step, step / 7) for step in range(batches * 900)], len(stored)
assert len(client.get_run(run.info.run_id).data.params) == batches
print("retried", len(refusals))
