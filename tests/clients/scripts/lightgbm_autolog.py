"""Boosted trees with mlflow.lightgbm.autolog(): rounds as steps, early stopping, the model by its address."""

import json

import lightgbm
import mlflow
from checking import facts, own_name, same, same_numbers
from mlflow import MlflowClient
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

ROUNDS = 40
PARAMS = {"objective": "binary", "learning_rate": 0.4, "num_leaves": 7, "seed": 7, "num_threads": 1}
PARAMS |= {"deterministic": True, "verbosity": -1, "metric": ["binary_logloss", "auc"]}

client = MlflowClient()
mlflow.set_experiment(own_name("lightgbm"))
mlflow.lightgbm.autolog()

features, labels = load_breast_cancer(return_X_y=True, as_frame=True)
features.columns = [name.replace(" ", "_") for name in features.columns]
train_x, test_x, train_y, test_y = train_test_split(features, labels, random_state=7)
train = lightgbm.Dataset(train_x, train_y)
test = lightgbm.Dataset(test_x, test_y, reference=train)

evaluations = {}
with mlflow.start_run() as started:
    model = lightgbm.train(
        PARAMS,
        train,
        ROUNDS,
        valid_sets=[train, test],
        valid_names=["train", "test"],
        callbacks=[
            lightgbm.record_evaluation(evaluations),
            lightgbm.early_stopping(5, verbose=False),
        ],
    )

run_id = started.info.run_id
run = client.get_run(run_id)
for name in ("objective", "learning_rate", "num_leaves", "seed", "deterministic", "metric"):
    same(run.data.params[name], str(PARAMS[name]), f"param {name}")
same(run.data.params["num_boost_round"], str(ROUNDS), "param num_boost_round")
assert model.best_iteration < ROUNDS, "the training is one that stops early"
same(run.data.metrics["best_iteration"], float(model.best_iteration), "metric best_iteration")
for part, metrics in evaluations.items():
    for metric, values in metrics.items():
        key = f"{part}-{metric}"
        points = {point.step: point.value for point in client.get_metric_history(run_id, key)}
        for step, value in enumerate(values):
            same(points[step], value, f"{key} of round {step}")

files = {entry.path for entry in client.list_artifacts(run_id)}
assert "feature_importance_gain.json" in files, f"importances among {sorted(files)}"
gains = json.loads(mlflow.artifacts.load_text(f"runs:/{run_id}/feature_importance_gain.json"))
same(
    gains,
    dict(zip(model.feature_name(), model.feature_importance("gain").tolist())),
    "importances are the booster's own",
)

loaded = mlflow.lightgbm.load_model(f"runs:/{run_id}/model")
same_numbers(loaded.predict(test_x), model.predict(test_x), "predictions of the saved booster")
as_function = mlflow.pyfunc.load_model(f"runs:/{run_id}/model")
same_numbers(as_function.predict(test_x), model.predict(test_x), "predictions of the model as a function")

facts(run=run_id, lightgbm=lightgbm.__version__, best=model.best_iteration, metrics=run.data.metrics)
