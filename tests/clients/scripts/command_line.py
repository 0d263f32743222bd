"""Experiments, runs and files by the command `mlflow`: once as a process, then its commands in this one, for speed."""

import json
import pathlib
import subprocess
import sys
import tempfile

import mlflow
from checking import can, facts, own_name, same
from click.testing import CliRunner
from mlflow import MlflowClient
from mlflow.cli import cli

client = MlflowClient()
here = pathlib.Path(tempfile.mkdtemp())


def command(*words):
    """What `mlflow …` prints; fails with what it said if it did."""
    result = CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, f"mlflow {' '.join(map(str, words))}: {result.output}"
    return result.stdout


def refusal(*words):
    """What a command that must fail fails with."""
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code != 0, f"mlflow {' '.join(map(str, words))} was not refused"
    return str(result.exception)


# The installed command, as a shell starts it.
name = own_name("by command")
installed = pathlib.Path(sys.executable).parent / "mlflow"
made = subprocess.run(
    [installed, "experiments", "create", "-n", name, "-l", "mlflow-artifacts:/by-command"],
    capture_output=True,
    text=True,
    check=True,
)
experiment_id = made.stdout.strip().rsplit(" ", 1)[-1]
known = client.get_experiment(experiment_id)
same((known.name, known.artifact_location), (name, "mlflow-artifacts:/by-command"), "the experiment")
assert "already exists" in refusal("experiments", "create", "-n", name)

# Experiments.
assert name in command("experiments", "search"), "an active experiment is listed"
renamed = own_name("renamed by command")
command("experiments", "rename", "-x", experiment_id, "--new-name", renamed)
same(client.get_experiment(experiment_id).name, renamed, "the new name")
command("experiments", "delete", "-x", experiment_id)
assert renamed not in command("experiments", "search"), "a deleted one is not listed"
assert renamed in command("experiments", "search", "-v", "deleted_only"), "unless asked for"
command("experiments", "restore", "-x", experiment_id)
assert renamed in command("experiments", "search", "--view", "active_only"), "it is back"

# Runs.
with mlflow.start_run(experiment_id=experiment_id, run_name="described") as run:
    mlflow.log_params({"lr": 0.1, "名": "值"})
    for step in range(3):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.set_tag("note", "one, \"two\"")
run_id = run.info.run_id
assert run_id in command("runs", "list", "--experiment-id", experiment_id), "a run is listed"
described = json.loads(command("runs", "describe", "--run-id", run_id))
same(described["data"]["params"], {"lr": "0.1", "名": "值"}, "params as described")
same(described["data"]["metrics"], {"loss": 1 / 3}, "metrics as described")
same(described["data"]["tags"]["note"], "one, \"two\"", "tag as described")
same(described["info"]["run_name"], "described", "name as described")
table = command("experiments", "csv", "-x", experiment_id)
same((run_id in table, "params.名" in table), (True, True), "the table of runs")
command("runs", "delete", "--run-id", run_id)
assert run_id not in command("runs", "list", "--experiment-id", experiment_id)
assert run_id in command("runs", "list", "--experiment-id", experiment_id, "-v", "deleted_only")
command("runs", "restore", "--run-id", run_id)
same(client.get_run(run_id).info.lifecycle_stage, "active", "a restored run")

# Files.
note = here / "note ü.txt"
note.write_bytes("größe\n".encode())
tree = here / "tree"
(tree / "deep").mkdir(parents=True)
(tree / "a.bin").write_bytes(bytes(range(256)))
(tree / "deep" / "b.txt").write_bytes(b"b")
command("artifacts", "log-artifact", "-l", note, "-r", run_id, "-a", "notes")
command("artifacts", "log-artifacts", "-l", tree, "-r", run_id, "-a", "tree")
listed = json.loads(command("artifacts", "list", "-r", run_id))
same([(one["path"], one["is_dir"]) for one in listed], [("notes", True), ("tree", True)], "files")
listed = json.loads(command("artifacts", "list", "-r", run_id, "-a", "tree"))
files = [(one["path"], one["file_size"]) for one in listed if not one["is_dir"]]
same(files, [("tree/a.bin", 256)], "files of a folder")
command("artifacts", "download", "-r", run_id, "-d", here / "back")
files = {str(path.relative_to(here / "back")): path for path in (here / "back").rglob("*") if path.is_file()}
same(sorted(files), ["notes/note ü.txt", "tree/a.bin", "tree/deep/b.txt"], "downloaded files")
same(files["tree/a.bin"].read_bytes(), bytes(range(256)), "bytes of a downloaded file")
(here / "one").mkdir()
command("artifacts", "download", "-u", f"runs:/{run_id}/notes/note ü.txt", "-d", here / "one")
same((here / "one" / "note ü.txt").read_text("utf8"), "größe\n", "one file by its address")
assert "f" * 32 in refusal("runs", "describe", "--run-id", "f" * 32), "an unknown run is named"

# What newer clients do besides.
if can("experiments by name on the command line"):
    got = json.loads(command("experiments", "get", "-n", renamed, "--output", "json"))
    same(got["experiment_id"], experiment_id, "an experiment by its name")
    said = command("runs", "create", "--experiment-id", experiment_id, "--run-name", "made", "-t", "k=v")
    # Before the JSON the client greets with the links to the run.
    created = json.loads(said[said.index("{") :])
    same(client.get_run(created["run_id"]).data.tags["k"], "v", "a run made by command")

facts(run=run_id, experiment=experiment_id)
