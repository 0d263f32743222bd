"""Names and values in any script, and every kind of double: what goes in comes out."""

import math

import mlflow
from checking import facts, own_name, same
from mlflow import MlflowClient

GREATEST = 1.7976931348623157e308
VALUES = {
    "nan": math.nan,
    "plus": math.inf,
    "minus": -math.inf,
    "zero": -0.0,
    "tiny": 5e-324,
    "huge": GREATEST,
    "third": 1 / 3,
    "negative": -0.1,
}
# MLflow's wire says infinities as the greatest double, and knows one zero.
READ_BACK = {"plus": GREATEST, "minus": -GREATEST, "zero": 0.0}

client = MlflowClient()
name = own_name("图像识别 🦦 ñandú")
mlflow.set_experiment(name)
experiment = mlflow.get_experiment_by_name(name)
same(experiment.name, name, "experiment name")
client.set_experiment_tag(experiment.experiment_id, "所有者", "李雷 & Žofie")
same(client.get_experiment(experiment.experiment_id).tags["所有者"], "李雷 & Žofie", "experiment tag")

with mlflow.start_run(run_name="запуск №1 🚀") as run:
    mlflow.log_params({"学习率": "0,01 …", "путь/к данным": "C:\\data\\ü", "empty": ""})
    mlflow.set_tags({"étiquette": "line one\nline two\ttabbed", "emoji": "👩🏽‍🔬"})
    mlflow.log_metric("точность", 0.5, step=-3)
    mlflow.log_metrics(VALUES, step=2)
    mlflow.log_text("größe: 3 µm ≤ 5 µm", "журнал/заметка ü.txt")

data = client.get_run(run.info.run_id).data
same(client.get_run(run.info.run_id).info.run_name, "запуск №1 🚀", "run name")
same(data.params, {"学习率": "0,01 …", "путь/к данным": "C:\\data\\ü", "empty": ""}, "params")
same(data.tags["étiquette"], "line one\nline two\ttabbed", "tag")
same(data.tags["emoji"], "👩🏽‍🔬", "emoji tag")
same(data.metrics["точность"], 0.5, "metric")
for key, value in VALUES.items():
    same(data.metrics[key], READ_BACK.get(key, value), f"metric {key}")
    [point] = client.get_metric_history(run.info.run_id, key)
    same(point.value, READ_BACK.get(key, value), f"history of {key}")
    same(point.step, 2, f"step of {key}")
same(mlflow.artifacts.load_text(f"runs:/{run.info.run_id}/журнал/заметка ü.txt"), "größe: 3 µm ≤ 5 µm", "file")
found = client.search_runs([experiment.experiment_id], "tags.emoji = '👩🏽‍🔬' AND params.`学习率` LIKE '%…'")
same([item.info.run_id for item in found], [run.info.run_id], "found by a Chinese param and an emoji")

facts(run=run.info.run_id)
