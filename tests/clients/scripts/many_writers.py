"""Eight processes log into one run at once: each point is there exactly once."""

import multiprocessing
import os

import mlflow
from checking import facts, own_name, same
from mlflow import MlflowClient
from mlflow.entities import Metric, Param

WRITERS = 8
BATCHES = 10
PER_BATCH = 100


def write(run_id, writer):
    client = MlflowClient(os.environ["MLFLOW_TRACKING_URI"])
    for batch in range(BATCHES):
        first = batch * PER_BATCH
        own = [Metric(f"own_{writer}", step / 7, 1000 + step, step) for step in range(first, first + PER_BATCH)]
        common = [
            Metric("common", float(writer), 5000 + step, writer * 10_000 + step)
            for step in range(first, first + PER_BATCH)
        ]
        client.log_batch(run_id, metrics=own + common, params=[Param(f"writer_{writer}", "here")])


if __name__ == "__main__":
    client = MlflowClient()
    mlflow.set_experiment(own_name("many writers"))
    with mlflow.start_run() as run:
        run_id = run.info.run_id
        context = multiprocessing.get_context("fork")
        processes = [context.Process(target=write, args=(run_id, writer)) for writer in range(WRITERS)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        same([process.exitcode for process in processes], [0] * WRITERS, "writers that ended well")

    total = BATCHES * PER_BATCH
    for writer in range(WRITERS):
        history = client.get_metric_history(run_id, f"own_{writer}")
        same(
            [(point.step, point.value, point.timestamp) for point in history],
            [(step, step / 7, 1000 + step) for step in range(total)],
            f"history of writer {writer}",
        )
    common = client.get_metric_history(run_id, "common")
    same(len(common), WRITERS * total, "points of the common metric")
    same(
        {(point.step, point.value) for point in common},
        {(writer * 10_000 + step, float(writer)) for writer in range(WRITERS) for step in range(total)},
        "the common metric",
    )
    same(len(client.get_run(run_id).data.params), WRITERS, "params")
    facts(run=run_id, points=WRITERS * total * 2)
