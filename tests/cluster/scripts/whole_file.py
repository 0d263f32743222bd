"""A user who switched uploads in parts on, before servers that share a store: the file arrives all the same."""

import hashlib
import os
import pathlib
import tempfile

import mlflow
from mlflow.store.artifact.http_artifact_repo import HttpArtifactRepository

SIZE = 3 * 1024 * 1024 + 1


asked = []
create = HttpArtifactRepository.create_multipart_upload


def noted(self, *args):
    asked.append(args)
    return create(self, *args)


HttpArtifactRepository.create_multipart_upload = noted


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


with tempfile.TemporaryDirectory() as name:
    weights = pathlib.Path(name) / "weights.bin"
    weights.write_bytes(os.urandom(SIZE))
    with mlflow.start_run() as run:
        mlflow.log_artifact(str(weights), "deep")
    assert len(asked) == 1, "the client asked for parts"
    back = mlflow.artifacts.download_artifacts(
        run_id=run.info.run_id, artifact_path="deep/weights.bin", dst_path=name
    )
    assert sha256(back) == sha256(weights), "SHA-256 of the file that came back"
