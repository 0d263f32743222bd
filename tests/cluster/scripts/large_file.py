"""A user who switched uploads in parts on, before servers that share a store: each part goes to the one whose turn it is."""

import hashlib
import json
import os
import pathlib
import tempfile

import mlflow
from mlflow.store.artifact.http_artifact_repo import HttpArtifactRepository

SIZE = int(os.environ["LARGE_BYTES"])
BLOCK = 1024 * 1024

sent = []
upload_part = HttpArtifactRepository._upload_part


def noted(credential, local_file, size, start_byte):
    answer = upload_part(credential, local_file, size, start_byte)
    sent.append(credential.part_number)
    return answer


HttpArtifactRepository._upload_part = staticmethod(noted)


def sha256(path):
    with pathlib.Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


with tempfile.TemporaryDirectory() as name:
    weights = pathlib.Path(name) / "weights.bin"
    with weights.open("wb") as file:
        for start in range(0, SIZE, BLOCK):
            file.write(os.urandom(min(BLOCK, SIZE - start)))
    with mlflow.start_run() as run:
        mlflow.log_artifact(str(weights), "deep")
    back = mlflow.artifacts.download_artifacts(
        run_id=run.info.run_id, artifact_path="deep/weights.bin", dst_path=name
    )
    assert sha256(back) == sha256(weights), "SHA-256 of the file that came back"
    print(json.dumps({"parts": len(sent), "bytes": SIZE}))
