"""A file of 200 MB goes up and comes back with the same SHA-256."""

import hashlib
import os
import pathlib
import tempfile
import time

import mlflow
from checking import facts, own_name, same
from mlflow import MlflowClient

MEGABYTE = 1_000_000
SIZE = int(os.environ.get("BIG_ARTIFACT_MB", "200")) * MEGABYTE


def sha256(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


with tempfile.TemporaryDirectory() as folder:
    big = pathlib.Path(folder, "weights.bin")
    with big.open("wb") as file:
        for _block in range(SIZE // MEGABYTE):
            file.write(os.urandom(MEGABYTE))
    expected = sha256(big)

    mlflow.set_experiment(own_name("big file"))
    with mlflow.start_run() as run:
        began = time.monotonic()
        mlflow.log_artifact(big)
        up_seconds = time.monotonic() - began

    [entry] = MlflowClient().list_artifacts(run.info.run_id)
    same((entry.path, entry.file_size), ("weights.bin", SIZE), "listing of the big file")

    began = time.monotonic()
    back = mlflow.artifacts.download_artifacts(
        run_id=run.info.run_id, artifact_path="weights.bin", dst_path=str(pathlib.Path(folder, "b"))
    )
    down_seconds = time.monotonic() - began
    same(sha256(pathlib.Path(back)), expected, "SHA-256 of the big file")

facts(
    run=run.info.run_id,
    bytes=SIZE,
    sha256=expected,
    up_seconds=round(up_seconds, 2),
    down_seconds=round(down_seconds, 2),
)
