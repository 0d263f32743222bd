"""Files of every kind and name: written, listed, read back byte for byte."""

import hashlib
import json
import pathlib
import tempfile
import time

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import mlflow
import numpy as np
import pandas as pd
from checking import VERSION, can, facts, own_name, refused, same
from mlflow import MlflowClient
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository
from PIL import Image

client = MlflowClient()
mlflow.set_experiment(own_name("artifacts"))
here = pathlib.Path(tempfile.mkdtemp())


def listed(path=None):
    return {
        entry.path: (entry.is_dir, None if entry.is_dir else entry.file_size or 0)
        for entry in client.list_artifacts(run_id, path)
    }


def fetched(path):
    """The bytes of a run's file, through download_artifacts."""
    local = mlflow.artifacts.download_artifacts(
        run_id=run_id, artifact_path=path, dst_path=tempfile.mkdtemp(dir=here)
    )
    return pathlib.Path(local).read_bytes()


with mlflow.start_run(run_name="files") as run:
    run_id = run.info.run_id
    same(listed(), {}, "files of a new run")

    mlflow.log_text("grüße, 世界 🌍\n", "notes/hello.txt")
    mlflow.log_text("", "notes/empty.txt")
    mlflow.log_dict({"lr": 0.1, "名": ["a", 1, None]}, "config.json")
    mlflow.log_dict({"lr": 0.1}, "config.yaml")

    figure, axes = plt.subplots()
    axes.plot([0, 1, 4, 9])
    mlflow.log_figure(figure, "plots/curve.png")

    pixels = np.arange(8 * 8 * 3, dtype=np.uint8).reshape(8, 8, 3)
    mlflow.log_image(pixels, "still.png")
    if can("steps of images"):
        for step in (0, 5):
            mlflow.log_image(pixels, key="sample", step=step)

    mlflow.log_table({"x": [1, 2], "text": ["a", "ü"]}, "table.json")
    mlflow.log_table(pd.DataFrame({"x": [3], "text": ["世"]}), "table.json")

    # A `?` or a valid escape such as %2F in a name is lost in the client itself, before it sends.
    odd = {
        "with space.txt": b"space",
        "100%.txt": b"percent",
        "模型 é.bin": bytes(range(256)),
        "plus+and&amp=.txt": b"query-like",
        "quote'\"[1].txt": b"quotes",
        "~tilde;semi,comma@at.txt": b"marks",
    }
    for name, content in odd.items():
        (here / name).write_bytes(content)
        mlflow.log_artifact(here / name, "odd names")

    tree = here / "tree"
    (tree / "a" / "b").mkdir(parents=True)
    (tree / "top.bin").write_bytes(b"\x00\xff" * 1000)
    (tree / "a" / "one.txt").write_bytes(b"one")
    (tree / "a" / "b" / "two words.txt").write_bytes(b"two\r\n")
    mlflow.log_artifacts(tree)
    mlflow.log_artifacts(tree, "copy/of tree")
    mlflow.log_artifact(tree, "whole")

    mlflow.log_text("first", "again.txt")
    mlflow.log_text("second", "again.txt")

    pngs = []
    if can("steps of images"):
        images = client.list_artifacts(run_id, "images")
        same(len(images), 4, "images of two steps, each with its small copy")
        # Clients before 3.17 put a literal percent sign between the parts of the name.
        mark = "+" if VERSION >= (3, 17) else "%"
        for entry in images:
            start = f"images/sample{mark}step{mark}"
            assert entry.path.startswith(start), f"name of an image: {entry.path}"
        pngs = sorted(entry.path for entry in images if entry.path.endswith(".png"))
        same([path.split(mark)[2] for path in pngs], ["0", "5"], "steps in the names of images")

top = listed()
same(
    sorted(top),
    sorted(
        ["a", "again.txt", "config.json", "config.yaml", "copy", "notes", "odd names", "plots"]
        + ["still.png", "table.json", "top.bin", "whole"]
        + (["images"] if can("steps of images") else [])
    ),
    "names at the root",
)
same(top["notes"], (True, None), "a folder is listed as one")
same(top["top.bin"], (False, 2000), "size of a file")
same(
    listed("notes"),
    {"notes/hello.txt": (False, 21), "notes/empty.txt": (False, 0)},
    "paths in a folder start at the run's root",
)
same(listed("a"), {"a/b": (True, None), "a/one.txt": (False, 3)}, "one level of a folder")
same(set(listed("whole")), {"whole/tree"}, "log_artifact of a folder keeps its name")
same(
    set(listed("copy/of tree")),
    {"copy/of tree/a", "copy/of tree/top.bin"},
    "log_artifacts puts the folder's content at the path",
)
same(listed("no/such/folder"), {}, "a folder that is not there")

same(fetched("notes/hello.txt").decode(), "grüße, 世界 🌍\n", "text")
same(fetched("notes/empty.txt"), b"", "an empty file")
same(json.loads(fetched("config.json")), {"lr": 0.1, "名": ["a", 1, None]}, "log_dict")
same(fetched("again.txt"), b"second", "a file written again")
same(fetched("plots/curve.png")[:8], b"\x89PNG\r\n\x1a\n", "a figure is a PNG")
same(
    mlflow.artifacts.load_text(f"runs:/{run_id}/notes/hello.txt"), "grüße, 世界 🌍\n", "load_text"
)
same(
    mlflow.artifacts.load_dict(f"runs:/{run_id}/config.json")["lr"], 0.1, "load_dict of a JSON file"
)
still = mlflow.artifacts.load_image(f"runs:/{run_id}/still.png")
same(np.asarray(still).tolist(), pixels.tolist(), "pixels of an image")
for path in pngs:
    local = mlflow.artifacts.download_artifacts(run_id=run_id, artifact_path=path, dst_path=str(here))
    with Image.open(local) as image:
        same(np.asarray(image).tolist(), pixels.tolist(), f"pixels of {path}")

for name, content in odd.items():
    same(listed("odd names")[f"odd names/{name}"], (False, len(content)), f"listing of {name!r}")
    same(fetched(f"odd names/{name}"), content, f"bytes of {name!r}")

table = mlflow.load_table("table.json", run_ids=[run_id])
same(table["x"].tolist(), [1, 2, 3], "rows of a table logged in two parts")
same(table["text"].tolist(), ["a", "ü", "世"], "texts of a table")
tags = client.get_run(run_id).data.tags
same(
    json.loads(tags["mlflow.loggedArtifacts"]),
    [{"path": "table.json", "type": "table"}],
    "tag of logged tables",
)
if can("steps of images"):
    same(tags["mlflow.loggedImages"], "True", "tag of logged images")

# A whole tree, and the whole run.
whole = pathlib.Path(client.download_artifacts(run_id, "whole", str(here)))
same(
    {
        str(path.relative_to(whole / "tree")): path.read_bytes()
        for path in whole.rglob("*")
        if path.is_file()
    },
    {str(path.relative_to(tree)): path.read_bytes() for path in tree.rglob("*") if path.is_file()},
    "a downloaded tree",
)
everything = pathlib.Path(
    mlflow.artifacts.download_artifacts(
        artifact_uri=client.get_run(run_id).info.artifact_uri, dst_path=tempfile.mkdtemp(dir=here)
    )
)
count = sum(path.is_file() for path in everything.rglob("*"))
same(count, 23 + 2 * len(pngs), "files of the whole run")

# A file that is not there is said at once, not after minutes of retries.
began = time.monotonic()
try:
    mlflow.artifacts.load_text(f"runs:/{run_id}/notes/never.txt")
    raise AssertionError("a missing file was loaded")
except mlflow.exceptions.MlflowException as missing:
    missing_text = str(missing)
missing_seconds = time.monotonic() - began
assert missing_seconds < 20, f"a missing file took {missing_seconds:.0f} s"

# Deleting: a file, then a folder.
store = get_artifact_repository(client.get_run(run_id).info.artifact_uri)
store.delete_artifacts("again.txt")
store.delete_artifacts("copy")
gone = set(top) - set(listed())
same(gone, {"again.txt", "copy"}, "what was deleted is no longer listed")
same(listed("copy/of tree"), {}, "files below a deleted folder")
same(fetched("top.bin"), b"\x00\xff" * 1000, "the same content elsewhere is still there")

refused("RESOURCE_DOES_NOT_EXIST", lambda: client.list_artifacts("f" * 32))

facts(
    run=run_id,
    files=count,
    odd={name: hashlib.sha256(content).hexdigest() for name, content in odd.items()},
    images=pngs,
    missing=missing_text,
)
