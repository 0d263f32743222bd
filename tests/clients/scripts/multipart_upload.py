"""Files go up in parts, each to a URL of its own, and come back with the same SHA-256."""

import hashlib
import os
import pathlib
import tempfile
import time

import mlflow
import requests
from checking import can, facts, own_name, same
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.store.artifact import http_artifact_repo
from mlflow.store.artifact.http_artifact_repo import HttpArtifactRepository

SIZE = int(os.environ.get("MULTIPART_BYTES", "5242881"))
CHUNK = int(os.environ.get("MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE", str(10 * 1024**2)))
BLOCK = 1024 * 1024

sent = []


class Recording:
    """The client's own requests, noted."""

    @staticmethod
    def put(url, **options):
        answer = requests.put(url, **options)
        sent.append((url, len(options["data"]), answer.headers.get("ETag")))
        return answer


http_artifact_repo.requests = Recording


def sha256(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def up_and_down(run_id, path, artifact_path):
    """The file as it comes back, and the seconds of both ways."""
    began = time.monotonic()
    # A pathlib.Path cannot be sent in parts: the client writes it into JSON.
    mlflow.log_artifact(str(path), artifact_path)
    up_seconds = time.monotonic() - began
    remote = f"{artifact_path}/{path.name}" if artifact_path else path.name
    began = time.monotonic()
    back = mlflow.artifacts.download_artifacts(
        run_id=run_id, artifact_path=remote, dst_path=str(path.parent / "back")
    )
    same(sha256(pathlib.Path(back)), sha256(path), f"SHA-256 of {remote}")
    return up_seconds, time.monotonic() - began


def random_file(path, size):
    with path.open("wb") as file:
        for start in range(0, size, BLOCK):
            file.write(os.urandom(min(BLOCK, size - start)))
    return path


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "back").mkdir()
    mlflow.set_experiment(own_name("parts"))
    with mlflow.start_run() as run:
        run_id = run.info.run_id

        big = random_file(folder / "weights.bin", SIZE)
        up_seconds, down_seconds = up_and_down(run_id, big, None)
        parts = len(sent)
        same(parts, -(-SIZE // CHUNK) if can("uploads in parts") else 0, "number of parts")
        same(sum(size for _url, size, _etag in sent), SIZE if parts else 0, "bytes in parts")
        assert all(etag for _url, _size, etag in sent), f"an ETag for each part: {sent[:3]!r}"
        [entry] = MlflowClient().list_artifacts(run_id)
        same((entry.path, entry.file_size), ("weights.bin", SIZE), "listing")

        # Names that URLs must escape, below a folder; exactly two parts.
        odd = random_file(folder / "模型 loss%step%1.bin", 2 * CHUNK)
        up_and_down(run_id, odd, "deep/in a folder")
        same(len(sent) - parts, 2 if parts else 0, "parts of exactly two chunks")

        # A part that does not arrive: the client aborts, and nothing was stored.
        if can("uploads in parts"):
            def failing(credential, local_file, size, start_byte):
                if start_byte > 0:
                    raise OSError("the cable was cut")
                return HttpArtifactRepository._upload_part_for_real(
                    credential, local_file, size, start_byte
                )

            HttpArtifactRepository._upload_part_for_real = staticmethod(
                HttpArtifactRepository._upload_part
            )
            HttpArtifactRepository._upload_part = staticmethod(failing)
            lost = random_file(folder / "lost.bin", 2 * CHUNK)
            try:
                mlflow.log_artifact(str(lost))
                raise AssertionError("a lost part went unnoticed")
            except MlflowException as error:
                assert "the cable was cut" in str(error), error
            url = sent[-1][0]
            same(requests.put(url, data=b"late").status_code, 404, "a part of an aborted upload")
            names = sorted(entry.path for entry in MlflowClient().list_artifacts(run_id))
            same(names, ["deep", "weights.bin"], "what is stored after the abort")

facts(
    run=run_id,
    bytes=SIZE,
    parts=parts,
    up_seconds=round(up_seconds, 2),
    down_seconds=round(down_seconds, 2),
)
