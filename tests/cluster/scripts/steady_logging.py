"""A training loop that knows nothing of restarts: logs until it is told that it is enough, then reads all of it back."""

import json
import pathlib
import sys
import time

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag

folder = pathlib.Path(sys.argv[1])
client = MlflowClient()
singles, batched, params, children = [], [], {}, []


def batch_of(step):
    return [Metric("batched", at / 7, 1_795_000_000_000 + at, at) for at in range(step * 20, step * 20 + 20)]


with mlflow.start_run(run_name="steady") as run:
    run_id = run.info.run_id
    step = 0
    while not (folder / "enough").exists():
        mlflow.log_metric("single", step / 3, step=step)
        singles.append((step, step / 3))
        if step % 5 == 0:
            params[f"p{step}"] = str(step)
            client.log_batch(
                run_id,
                batch_of(step // 5),
                [Param(f"p{step}", str(step))],
                [RunTag("progress", str(step))],
            )
            batched += [(metric.step, metric.value) for metric in batch_of(step // 5)]
        if step % 10 == 0:
            mlflow.log_text(f"at step {step}", f"notes/{step}.txt")
        if step % 20 == 0:
            with mlflow.start_run(run_name=f"child {step}", nested=True) as child:
                mlflow.log_metric("number", step)
                children.append(child.info.run_id)
        (folder / "steps").write_text(str(step))
        step += 1
        time.sleep(0.01)


def history(key):
    return [(metric.step, metric.value) for metric in client.get_metric_history(run_id, key)]


assert history("single") == singles, (len(history("single")), len(singles))
assert history("batched") == batched, (len(history("batched")), len(batched))
read = client.get_run(run_id)
assert read.info.status == "FINISHED", read.info.status
assert read.data.params == params, read.data.params
assert read.data.tags["progress"] == str(max(int(value) for value in params.values()))
notes = sorted(int(entry.path[6:-4]) for entry in client.list_artifacts(run_id, "notes"))
assert notes == list(range(0, step, 10)), notes
assert mlflow.artifacts.load_text(f"runs:/{run_id}/notes/{notes[-1]}.txt") == f"at step {notes[-1]}"
found = client.search_runs(
    [read.info.experiment_id], f"tags.`mlflow.parentRunId` = '{run_id}'", max_results=1000
)
assert sorted(child.info.run_id for child in found) == sorted(children), (len(found), len(children))
assert {child.info.status for child in found} == {"FINISHED"}

print(json.dumps({"run": run_id, "steps": step, "children": len(children)}), flush=True)
