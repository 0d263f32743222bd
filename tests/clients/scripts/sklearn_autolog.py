"""A classic: mlflow.autolog(), one fit, one grid search, and everything read back."""

import math

import mlflow
import numpy as np
from checking import CLIENT, facts, own_name, same
from mlflow import MlflowClient
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, train_test_split

client = MlflowClient()
experiment = mlflow.set_experiment(own_name("iris"))
mlflow.autolog()

features, labels = load_iris(return_X_y=True)
train_x, test_x, train_y, test_y = train_test_split(features, labels, random_state=7)

# One fit.
with mlflow.start_run(run_name="one fit") as started:
    model = LogisticRegression(C=0.5, max_iter=400).fit(train_x, train_y)
    test_score = model.score(test_x, test_y)

run = client.get_run(started.info.run_id)
same(run.info.status, "FINISHED", "status of the run after its block")
same(run.info.run_name, "one fit", "run name")
same(run.info.experiment_id, experiment.experiment_id, "experiment of the run")
assert run.info.end_time >= run.info.start_time > 1_600_000_000_000, "times are ms since 1970"
same(
    run.data.params,
    {name: str(value) for name, value in model.get_params(deep=True).items()},
    "params are those of the estimator",
)
same(
    run.data.metrics["training_accuracy_score"],
    float(model.score(train_x, train_y)),
    "training accuracy is sklearn's own",
)
same(run.data.metrics["training_score"], float(model.score(train_x, train_y)), "training score")
score_keys = [key for key in run.data.metrics if key.startswith("LogisticRegression_score")]
same(len(score_keys), 1, "score() after fit is logged once")
same(run.data.metrics[score_keys[0]], float(test_score), "test score is sklearn's own")
same(run.data.tags["estimator_name"], "LogisticRegression", "tag estimator_name")
same(run.data.tags["mlflow.source.type"], "LOCAL", "tag mlflow.source.type")
assert run.data.tags["mlflow.source.name"].endswith("sklearn_autolog.py"), "tag mlflow.source.name"
same(run.data.tags["mlflow.runName"], "one fit", "tag mlflow.runName")

inputs = run.inputs.dataset_inputs
same(
    [tag.value for one in inputs for tag in one.tags if tag.key == "mlflow.data.context"],
    ["train"],
    "autolog records the training data",
)
same({one.dataset.source_type for one in inputs}, {"code"}, "datasets come from code")
assert all(one.dataset.digest for one in inputs), "every dataset has a digest"

saved = (
    f"models:/{run.outputs.model_outputs[0].model_id}"
    if CLIENT == "3"
    else f"runs:/{run.info.run_id}/model"
)
loaded = mlflow.sklearn.load_model(saved)
assert np.array_equal(loaded.predict_proba(test_x), model.predict_proba(test_x)), (
    "the saved model predicts the same"
)
same(loaded.get_params()["C"], 0.5, "the saved model keeps its parameters")

run_files = sorted(one.path for one in client.list_artifacts(run.info.run_id))
assert "estimator.html" in run_files, f"estimator.html among the run's files: {run_files}"
assert "training_confusion_matrix.png" in run_files, f"confusion matrix among {run_files}"

# A grid search: one parent, one child for each of the best candidates.
grid = {"C": [0.01, 0.1, 1.0, 10.0]}
with mlflow.start_run(run_name="grid") as parent:
    search = GridSearchCV(LogisticRegression(max_iter=400), grid, cv=3).fit(train_x, train_y)

best = client.get_run(parent.info.run_id)
same(best.data.params["best_C"], str(search.best_params_["C"]), "best_C is sklearn's own")
same(best.data.metrics["best_cv_score"], float(search.best_score_), "best_cv_score")
same(best.data.tags["estimator_name"], "GridSearchCV", "estimator of the parent")
best_files = {one.path for one in client.list_artifacts(parent.info.run_id)}
assert "cv_results.csv" in best_files, f"cv_results.csv among {best_files}"

children = client.search_runs(
    [experiment.experiment_id],
    f"tags.mlflow.parentRunId = '{parent.info.run_id}'",
    order_by=["metrics.mean_test_score DESC"],
)
same(len(children), 4, "number of child runs")
scores = search.cv_results_["mean_test_score"]
expected = {str(value): float(score) for value, score in zip(grid["C"], scores)}
same(
    {child.data.params["C"]: child.data.metrics["mean_test_score"] for child in children},
    expected,
    "each child's mean_test_score is sklearn's own",
)
ordered = [child.data.metrics["mean_test_score"] for child in children]
same(ordered, sorted(ordered, reverse=True), "children ordered by mean_test_score")
for child in children:
    same(child.info.status, "FINISHED", "status of a child run")
    same(child.data.tags["mlflow.parentRunId"], parent.info.run_id, "parent of a child run")
    assert not math.isnan(child.data.metrics["mean_fit_time"]), "fit time of a child run"

best_model = (
    next(
        f"models:/{one.model_id}"
        for one in mlflow.search_logged_models([experiment.experiment_id], output_format="list")
        if one.source_run_id == parent.info.run_id and one.name == "best_estimator"
    )
    if CLIENT == "3"
    else f"runs:/{parent.info.run_id}/best_estimator"
)
same(
    mlflow.sklearn.load_model(best_model).predict(test_x).tolist(),
    search.best_estimator_.predict(test_x).tolist(),
    "predictions of the best estimator",
)

facts(
    experiment=experiment.experiment_id,
    run=run.info.run_id,
    parent=parent.info.run_id,
    children=len(children),
    model=saved,
    params=len(run.data.params),
    metrics=run.data.metrics,
)
