"""Thirty known runs, a table of filters with the names they must find, orders and pages."""

import mlflow
from checking import facts, own_name, refused, same
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType

client = MlflowClient()
experiment_id = client.create_experiment(own_name("search"))
other_id = client.create_experiment(own_name("search, elsewhere"))
T0 = 1_700_000_000_000

run_ids = {}


def make(name, start, *, metrics=None, params=None, tags=None, status="FINISHED", where=None):
    run = client.create_run(where or experiment_id, start_time=T0 + start, run_name=name)
    client.log_batch(
        run.info.run_id,
        [Metric(key, value, T0, 0) for key, value in (metrics or {}).items()],
        [Param(key, value) for key, value in (params or {}).items()],
        [RunTag(key, value) for key, value in (tags or {}).items()],
    )
    if status != "RUNNING":
        client.set_terminated(run.info.run_id, status, end_time=T0 + start + 100)
    run_ids[name] = run.info.run_id


# g00 … g23: a grid of three optimizers, four sizes, two seeds.
number = 0
for optimizer in ("sgd", "Adam", "adamw"):
    for size in (8, 16, 32, 64):
        for seed in (1, 2):
            make(
                f"g{number:02}",
                number,
                metrics={"acc": number / 32, "val/loss": 1.0 - number / 32},
                params={"optimizer": optimizer, "size": str(size), "seed": str(seed)},
                tags={"team": "red" if number % 2 else "blue", "odd key": f"v{number}"},
            )
            number += 1
make("nan", 30, metrics={"acc": float("nan")}, params={"optimizer": "lion"})
make("missing", 31, params={"optimizer": "none at all"})
make("failed", 32, status="FAILED", metrics={"acc": -1.0}, tags={"note": "it's 100% broken_"})
make("running", 33, status="RUNNING", metrics={"acc": 2.0}, tags={"team": "green.v1"})
make("killed", 34, status="KILLED", metrics={"a.b.c": 7.0, "acc": 1e-3})
make("deleted", 35, metrics={"acc": 0.5}, params={"optimizer": "sgd"})
client.delete_run(run_ids["deleted"])
make("elsewhere", 36, where=other_id, metrics={"acc": 0.5}, params={"optimizer": "sgd"})


def g(*numbers):
    return {f"g{n:02}" for n in numbers}


everything = set(run_ids) - {"deleted", "elsewhere"}
grid = g(*range(24))

FILTERS = {
    "": everything,
    "metrics.acc > 0.5": g(*range(17, 24)) | {"running"},
    "metrics.acc >= 0.5": g(*range(16, 24)) | {"running"},
    "metrics.acc = 0.5": g(16),
    "metrics.acc < 0": {"failed"},
    "metrics.acc <= -1": {"failed"},
    "metrics.acc = 1e-3": {"killed"},
    "metric.acc != 0.5 AND metric.acc > 0.49 AND metric.acc < 0.55": g(17),
    "metrics.`val/loss` < 0.35": g(21, 22, 23),
    'metrics."val/loss" < 0.35': g(21, 22, 23),
    "metrics.a.b.c = 7": {"killed"},
    "params.optimizer = 'sgd'": g(*range(8)),
    "params.optimizer != 'sgd'": g(*range(8, 24)) | {"nan", "missing"},
    'parameters.optimizer = "Adam"': g(*range(8, 16)),
    "params.optimizer LIKE 'adam%'": g(*range(16, 24)),
    "params.optimizer ILIKE 'ADAM%'": g(*range(8, 24)),
    "params.optimizer LIKE '%a_l'": {"missing"},
    "params.optimizer LIKE 'l_on'": {"nan"},
    "params.size = '16' and params.seed = '2'": g(3, 11, 19),
    "tags.team = 'red'": g(*range(1, 24, 2)),
    "tag.team LIKE '%.v_'": {"running"},
    "tags.`odd key` = 'v7'": g(7),
    "tags.note = \"it's 100% broken_\"": {"failed"},
    "tags.note LIKE '%100%'": {"failed"},
    "tags.never = 'x'": set(),
    "tags.mlflow.runName = 'g05'": g(5),
    "attributes.status = 'FAILED'": {"failed"},
    "status != 'FINISHED'": {"failed", "running", "killed"},
    "attr.run_name = 'g09'": g(9),
    "run_name LIKE 'g1%'": g(*range(10, 20)),
    "attributes.`run name` ILIKE 'G2_'": g(20, 21, 22, 23),
    f"attributes.start_time >= {T0 + 30}": {"nan", "missing", "failed", "running", "killed"},
    f"start_time > {T0 + 2} AND start_time <= {T0 + 4}": g(3, 4),
    f"end_time < {T0 + 102}": g(0, 1),
    f"run_id = '{run_ids['g04']}'": g(4),
    f"run_id IN ('{run_ids['g04']}', '{run_ids['nan']}')": g(4) | {"nan"},
    f"attributes.run_id NOT IN ('{run_ids['g00']}') AND params.size = '8' AND params.seed = '1'": g(
        8, 16
    ),
    f"artifact_uri LIKE '%{run_ids['g06']}%'": g(6),
    "metrics.acc > 0.1 and params.optimizer = 'sgd' and tags.team = 'blue'": g(4, 6),
}


def found(text, view=ViewType.ACTIVE_ONLY, **options):
    runs = client.search_runs(options.pop("where", [experiment_id]), text, view, **options)
    return [run.info.run_name for run in runs]


for text, expected in FILTERS.items():
    same(sorted(found(text)), sorted(expected), f"runs found by {text!r}")

# Orders: NaN and missing values come last, whichever way.
by_start = [name for name in run_ids if name in everything]
numbers_up = ["failed", "g00", "killed", *sorted(g(*range(1, 24))), "running"]
same(found(""), by_start[::-1], "the newest run first")
same(found("", order_by=["start_time ASC"]), by_start, "by start")
same(found("", order_by=["attributes.start_time DESC"]), by_start[::-1], "by start, descending")
same(
    found("", order_by=["metrics.acc ASC", "start_time ASC"]),
    [*numbers_up, "nan", "missing"],
    "by a metric: NaN, then missing last",
)
same(
    found("", order_by=["metrics.acc DESC", "start_time ASC"]),
    [*numbers_up[::-1], "nan", "missing"],
    "by a metric, descending: NaN, then missing still last",
)
same(
    found("metrics.acc < 0.2 AND metrics.acc > 0", order_by=["params.size", "metrics.acc DESC"]),
    ["g01", "g03", "g02", "g05", "g04", "g06", "killed"],
    "by a param as the number it spells (upstream: as text; missing last), then by a metric",
)
same(
    found("params.seed = '1' AND params.size = '8'", order_by=["tags.`odd key` DESC"]),
    ["g08", "g16", "g00"],
    "by a tag as text, descending",
)
same(
    found("params.size = '64'", order_by=["run_name DESC"]),
    ["g23", "g22", "g15", "g14", "g07", "g06"],
    "by run name, descending",
)

# Views and several experiments.
same(found("", ViewType.DELETED_ONLY), ["deleted"], "deleted view")
same(sorted(found("", ViewType.ALL)), sorted(everything | {"deleted"}), "all runs")
same(
    found("metrics.acc = 0.5", where=[other_id, experiment_id], order_by=["start_time"]),
    ["g16", "elsewhere"],
    "two experiments",
)
same(found("", where=[]), [], "no experiment finds nothing")

# Pages.
pages, token = [], None
while True:
    page = client.search_runs(
        [experiment_id], order_by=["metrics.acc ASC"], max_results=7, page_token=token
    )
    pages.append([run.info.run_name for run in page])
    token = page.token
    if not token:
        break
paged = [name for page in pages for name in page]
same(paged, [*numbers_up, "nan", "missing"], "all pages in order")
same([len(page) for page in pages if page], [7, 7, 7, 7, 1], "sizes of the pages")

# The data frame that most people use.
table = mlflow.search_runs([experiment_id], "params.optimizer = 'sgd'", order_by=["start_time"])
same(table["tags.mlflow.runName"].tolist(), sorted(g(*range(8))), "names in the data frame")
same(table["metrics.acc"].tolist(), [n / 32 for n in range(8)], "metrics in the data frame")
same(table["params.size"].tolist(), ["8", "8", "16", "16", "32", "32", "64", "64"], "params")
same(set(table["status"]), {"FINISHED"}, "status in the data frame")

# Beyond upstream: OR, parentheses, IN, numbers in params.
same(sorted(found("params.size > 63")), sorted(g(6, 7, 14, 15, 22, 23)), "a param as a number")
same(sorted(found("metrics.acc = 0.5 OR (run_name IN ('g01', 'g02') AND NOT params.size = '8')")), ["g02", "g16"], "OR")

# What cannot be a filter says so at once.
for wrong in (
    "metrics.acc > 'high'",
    "attributes.colour = 'x'",
    "metrics.acc >",
    "acc > 0.5 banana",
):
    refused("INVALID_PARAMETER_VALUE", lambda: found(wrong))
refused("INVALID_PARAMETER_VALUE", lambda: found("", max_results=50_001))
refused("INVALID_PARAMETER_VALUE", lambda: found("", order_by=["banana.x"]))

facts(experiment=experiment_id, runs=len(run_ids), filters=len(FILTERS), pages=pages)
