"""Moves an alias and a stage behind a gate: refused until the version has what it asks for."""

import os
from urllib.parse import quote

import requests
from checking import facts, own_name, refused, same
from mlflow import MlflowClient

name = own_name("guarded")
client = MlflowClient()
client.create_registered_model(name)
for _ in range(2):
    client.create_model_version(name, "s3://bucket/model")
client.set_registered_model_alias(name, "champion", "1")
client.transition_model_version_stage(name, "1", "Production")

# Only Cairn knows gates: its own API declares them.
needs = [{"kind": "tags", "tags": [{"key": "validated", "value": "yes"}]}]
targets = [{"kind": "alias", "name": "champion"}, {"kind": "stage", "name": "production"}]
answer = requests.put(
    f"{os.environ['MLFLOW_TRACKING_URI']}/api/registry/{quote(name, safe='')}/gates",
    json={"gates": [{"target": target, "checks": needs} for target in targets]},
    timeout=30,
)
assert answer.ok, answer.text


def promote():
    client.set_registered_model_alias(name, "champion", "2")


def move():
    client.transition_model_version_stage(name, "2", "Production", archive_existing_versions=True)


said = [
    refused("PERMISSION_DENIED", promote, "champion", "validated").message,
    refused("PERMISSION_DENIED", move, "production", "validated").message,
]
same(str(client.get_model_version_by_alias(name, "champion").version), "1", "the alias")
stages = {str(mv.version): mv.current_stage for mv in client.get_latest_versions(name)}
same(stages, {"1": "Production", "2": "None"}, "the stages")

client.set_model_version_tag(name, "2", "validated", "yes")
promote()
move()
same(str(client.get_model_version_by_alias(name, "champion").version), "2", "the alias afterwards")
stages = {str(mv.version): mv.current_stage for mv in client.get_latest_versions(name)}
same(stages, {"1": "Archived", "2": "Production"}, "the stages afterwards")

facts(said=said)
