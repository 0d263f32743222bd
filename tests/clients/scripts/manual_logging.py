"""Logging by hand: nested runs, every kind of value, every ending, histories, experiments."""

import time

import mlflow
from checking import facts, own_name, refused, same
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType

client = MlflowClient()
experiment_id = mlflow.create_experiment(own_name("by hand"), tags={"team": "vision"})
mlflow.set_experiment(experiment_id=experiment_id)

# A run with two children, everything logged through the fluent API.
with mlflow.start_run(run_name="parent", tags={"stage": "first"}, description="a note") as parent:
    mlflow.log_param("lr", 0.1)
    mlflow.log_params({"layers": [64, 32], "optimizer": "adam", "empty": "", "nothing": None})
    for step in range(5):
        mlflow.log_metric("loss", 1.0 / (step + 1), step=step)
    mlflow.log_metrics({"val/loss": 0.25, "val/acc": 0.75}, step=4)
    mlflow.log_metric("warm-up", 3.0, step=-2)
    mlflow.log_metric("warm-up", 2.0, step=-1)
    mlflow.set_tags({"colour": "green", "to delete": "x"})
    mlflow.set_tag("colour", "blue")
    mlflow.delete_tag("to delete")
    child_ids = []
    for number in range(2):
        with mlflow.start_run(run_name=f"child {number}", nested=True) as child:
            mlflow.log_metric("number", number)
            child_ids.append(child.info.run_id)

run_id = parent.info.run_id
run = client.get_run(run_id)
same(
    run.data.params,
    {"lr": "0.1", "layers": "[64, 32]", "optimizer": "adam", "empty": "", "nothing": "None"},
    "params",
)
same(
    run.data.metrics,
    {"loss": 0.2, "val/loss": 0.25, "val/acc": 0.75, "warm-up": 2.0},
    "latest metrics",
)
same(run.data.tags["colour"], "blue", "the last value of a tag")
same(run.data.tags["stage"], "first", "a tag given at start")
same(run.data.tags["mlflow.note.content"], "a note", "description")
assert "to delete" not in run.data.tags, "a deleted tag is gone"
same(run.info.user_id, run.data.tags["mlflow.user"], "user")
same(len(run_id), 32, "length of a run id")
assert run.info.artifact_uri.endswith(f"/{run_id}/artifacts"), run.info.artifact_uri
latest = {metric.key: metric for metric in run.data._metric_objs}
same(latest["loss"].step, 4, "step of the latest loss")
same(latest["warm-up"].step, -1, "step of the latest warm-up")

history = client.get_metric_history(run_id, "loss")
same([point.step for point in history], [0, 1, 2, 3, 4], "steps of the history")
same([point.value for point in history], [1.0, 1 / 2, 1 / 3, 1 / 4, 1 / 5], "values")
assert all(abs(point.timestamp - time.time() * 1000) < 3_600_000 for point in history), "ms"
same(
    sorted((point.step, point.value) for point in client.get_metric_history(run_id, "warm-up")),
    [(-2, 3.0), (-1, 2.0)],
    "negative steps",
)
same(client.get_metric_history(run_id, "never logged"), [], "history of an unknown metric")

for child_id in child_ids:
    same(client.get_run(child_id).data.tags["mlflow.parentRunId"], run_id, "parent of a child")

# Params are written once.
client.log_param(run_id, "lr", 0.1)
refused(
    "INVALID_PARAMETER_VALUE",
    lambda: client.log_param(run_id, "lr", 0.2),
    "Changing param values is not allowed",
    "lr",
)
refused(
    "INVALID_PARAMETER_VALUE",
    lambda: client.log_batch(run_id, params=[Param("fresh", "1"), Param("lr", "9")]),
    "Changing param values is not allowed",
)
same(client.get_run(run_id).data.params["lr"], "0.1", "a refused change leaves the param")
refused(
    "INVALID_PARAMETER_VALUE",
    lambda: client.log_batch(run_id, params=[Param("twice", "1"), Param("twice", "1")]),
    "Duplicate parameter keys have been submitted",
)

# Renaming goes both ways.
client.update_run(run_id, name="renamed")
same(client.get_run(run_id).info.run_name, "renamed", "run name after update_run")
same(client.get_run(run_id).data.tags["mlflow.runName"], "renamed", "its tag")
client.set_tag(run_id, "mlflow.runName", "renamed again")
same(client.get_run(run_id).info.run_name, "renamed again", "run name after set_tag")

# Every ending.
for status in ("FINISHED", "FAILED", "KILLED", "SCHEDULED"):
    ended = client.create_run(experiment_id, start_time=1_700_000_000_000)
    client.set_terminated(ended.info.run_id, status, end_time=1_700_000_005_000)
    read = client.get_run(ended.info.run_id).info
    same((read.status, read.start_time), (status, 1_700_000_000_000), "status and start")
    same(read.end_time, 1_700_000_005_000, "end time")
try:
    with mlflow.start_run() as crashed:
        raise KeyError("a user's bug")
except KeyError:
    same(client.get_run(crashed.info.run_id).info.status, "FAILED", "status after an exception")
assert client.get_run(crashed.info.run_id).info.run_name, "a run without a name gets one"

# An ended run may go on.
with mlflow.start_run(run_id=run_id):
    same(client.get_run(run_id).info.status, "RUNNING", "status of a resumed run")
    mlflow.log_metric("loss", 0.1, step=5)
same(client.get_run(run_id).data.metrics["loss"], 0.1, "metric of a resumed run")

# One batch with each kind; a repeated point counts once; the latest is by step, then time.
batch_id = client.create_run(experiment_id, run_name="batch").info.run_id
now = 1_700_000_000_123
points = [Metric("m", float(step), now + step, step) for step in range(900)]
for _attempt in range(2):
    client.log_batch(batch_id, points, [Param("p", "1")], [RunTag("t", "1"), RunTag("t", "2")])
same(
    [(p.value, p.timestamp, p.step) for p in client.get_metric_history(batch_id, "m")],
    [(p.value, p.timestamp, p.step) for p in points],
    "a batch sent twice",
)
same(client.get_run(batch_id).data.tags["t"], "2", "the last tag of a batch")
client.log_batch(batch_id, [Metric("late", 1.0, now, 9), Metric("late", 2.0, now + 9, 3)])
same(client.get_run(batch_id).data.metrics["late"], 1.0, "latest is the highest step")
client.log_batch(batch_id, [Metric("same step", 1.0, now + 1, 0), Metric("same step", 2.0, now, 0)])
same(client.get_run(batch_id).data.metrics["same step"], 1.0, "then the highest time")

# More than one page of history: the client asks for 25 000 points at a time.
many = 26_000
for first in range(0, many, 1000):
    client.log_batch(
        batch_id, [Metric("long", step / 8, now + step, step) for step in range(first, first + 1000)]
    )
long = client.get_metric_history(batch_id, "long")
same(len(long), many, "points of a history of two pages")
same(sorted(p.step for p in long), list(range(many)), "every step once")
assert all(p.value == p.step / 8 for p in long), "every value at its step"

# Deleted runs leave the searches, and come back whole.
client.delete_run(batch_id)
client.delete_run(batch_id)
same(client.get_run(batch_id).info.lifecycle_stage, "deleted", "lifecycle of a deleted run")
active = {found.info.run_id for found in client.search_runs([experiment_id])}
deleted = client.search_runs([experiment_id], run_view_type=ViewType.DELETED_ONLY)
assert batch_id not in active, "a deleted run is not in the active view"
same([found.info.run_id for found in deleted], [batch_id], "runs in the deleted view")
client.restore_run(batch_id)
same(client.get_run(batch_id).info.lifecycle_stage, "active", "lifecycle of a restored run")
same(len(client.get_metric_history(batch_id, "m")), 900, "points of a restored run")

# Experiments.
by_id = client.get_experiment(experiment_id)
same((by_id.name, by_id.lifecycle_stage), (own_name("by hand"), "active"), "experiment")
same(by_id.tags, {"team": "vision"}, "tags of the experiment")
assert by_id.creation_time <= by_id.last_update_time, "times of the experiment"
client.set_experiment_tag(experiment_id, "team", "speech")
same(client.get_experiment(experiment_id).tags, {"team": "speech"}, "a changed tag")
client.rename_experiment(experiment_id, own_name("renamed"))
same(client.get_experiment_by_name(own_name("by hand")), None, "the old name")
same(
    client.get_experiment_by_name(own_name("renamed")).experiment_id, experiment_id, "the new name"
)

family = own_name("family")
others = [client.create_experiment(f"{family} {n}", tags={"n": str(n)}) for n in range(4)]
client.delete_experiment(others[3])
same(client.get_experiment(others[3]).lifecycle_stage, "deleted", "a deleted experiment")


def names(**options):
    options["filter_string"] = options.get("filter_string", f"name LIKE '{family}%'")
    return [found.name.rsplit(" ", 1)[1] for found in client.search_experiments(**options)]


same(names(order_by=["name ASC"]), ["0", "1", "2"], "active experiments by name")
same(names(order_by=["name DESC"]), ["2", "1", "0"], "active experiments by name, descending")
same(names(view_type=ViewType.DELETED_ONLY), ["3"], "deleted experiments")
same(names(view_type=ViewType.ALL, order_by=["name"]), ["0", "1", "2", "3"], "all experiments")
same(
    names(filter_string=f"name ILIKE '{family.upper()}%' AND tags.n != '1'", order_by=["name"]),
    ["0", "2"],
    "experiments by name in any case and tag",
)
page = client.search_experiments(
    filter_string=f"name LIKE '{family}%'", max_results=2, order_by=["name"]
)
same([found.name[-1] for found in page], ["0", "1"], "first page")
rest = client.search_experiments(
    filter_string=f"name LIKE '{family}%'",
    max_results=2,
    order_by=["name"],
    page_token=page.token,
)
same([found.name[-1] for found in rest], ["2"], "second page")
client.restore_experiment(others[3])
same(names(order_by=["name"]), ["0", "1", "2", "3"], "active after restore")
same(client.get_experiment("0").name, "Default", "the experiment that is always there")

# Deleting an experiment takes its runs along; restoring brings them back.
only = client.create_run(others[0]).info.run_id
client.delete_experiment(others[0])
same(client.get_run(only).info.lifecycle_stage, "deleted", "a run of a deleted experiment")
client.restore_experiment(others[0])
same(client.get_run(only).info.lifecycle_stage, "active", "a run of a restored experiment")

facts(experiment=experiment_id, run=run_id, children=child_ids, batch=batch_id, points=len(long))
