"""Boosted trees with mlflow.xgboost.autolog(): rounds as steps, params, importances, the model by its address."""

import json

import mlflow
import xgboost
from checking import facts, own_name, same, same_numbers
from mlflow import MlflowClient
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

ROUNDS = 12
PARAMS = {"objective": "binary:logistic", "eta": 0.3, "max_depth": 3, "seed": 7, "nthread": 1}
PARAMS |= {"eval_metric": ["logloss", "auc"]}

client = MlflowClient()
mlflow.set_experiment(own_name("xgboost"))
mlflow.xgboost.autolog()

features, labels = load_breast_cancer(return_X_y=True, as_frame=True)
train_x, test_x, train_y, test_y = train_test_split(features, labels, random_state=7)
train = xgboost.DMatrix(train_x, train_y)
test = xgboost.DMatrix(test_x, test_y)

evaluations = {}
with mlflow.start_run(run_name="native") as started:
    model = xgboost.train(
        PARAMS,
        train,
        ROUNDS,
        evals=[(train, "train"), (test, "test")],
        evals_result=evaluations,
        verbose_eval=False,
    )

run_id = started.info.run_id
run = client.get_run(run_id)
for name, value in PARAMS.items():
    same(run.data.params[name], str(value), f"param {name}")
same(run.data.params["num_boost_round"], str(ROUNDS), "param num_boost_round")
for part, metrics in evaluations.items():
    for metric, values in metrics.items():
        key = f"{part}-{metric}"
        history = client.get_metric_history(run_id, key)
        same(
            [(point.step, point.value) for point in history],
            list(enumerate(values)),
            f"a point of {key} for each round",
        )
        same(run.data.metrics[key], values[-1], f"latest {key}")

files = {entry.path for entry in client.list_artifacts(run_id)}
assert "feature_importance_weight.json" in files, f"importances among {sorted(files)}"
weights = json.loads(mlflow.artifacts.load_text(f"runs:/{run_id}/feature_importance_weight.json"))
same(weights, model.get_score(importance_type="weight"), "importances are the booster's own")
edges = run.inputs.dataset_inputs
assert all(edge.dataset.digest for edge in edges), "every dataset has a digest"

loaded = mlflow.xgboost.load_model(f"runs:/{run_id}/model")
same_numbers(loaded.predict(test), model.predict(test), "predictions of the saved booster")
as_function = mlflow.pyfunc.load_model(f"runs:/{run_id}/model")
same_numbers(as_function.predict(test_x), model.predict(test), "predictions of the model as a function")

# The estimator for those who know scikit-learn's words, without its model: saving one takes the client ten seconds.
mlflow.xgboost.autolog(log_models=False)
with mlflow.start_run(run_name="estimator") as started:
    estimator = xgboost.XGBClassifier(n_estimators=5, max_depth=2, random_state=7, n_jobs=1)
    estimator.fit(train_x, train_y, eval_set=[(test_x, test_y)], verbose=False)
second = client.get_run(started.info.run_id)
same(second.data.params["max_depth"], "2", "param of the estimator")
losses = estimator.evals_result()["validation_0"]["logloss"]
same(
    [point.value for point in client.get_metric_history(started.info.run_id, "validation_0-logloss")],
    losses,
    "a point for each of the estimator's rounds",
)

facts(run=run_id, xgboost=xgboost.__version__, rounds=ROUNDS, metrics=run.data.metrics)
