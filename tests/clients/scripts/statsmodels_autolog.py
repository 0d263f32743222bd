"""An ordinary regression with mlflow.statsmodels.autolog(): figures of the fit, its summary, the model by its address."""

import mlflow
import numpy as np
import pandas as pd
import statsmodels
import statsmodels.api as sm
from checking import facts, own_name, same, same_numbers
from mlflow import MlflowClient

client = MlflowClient()
mlflow.set_experiment(own_name("statsmodels"))
mlflow.statsmodels.autolog()

random = np.random.default_rng(7)
features = pd.DataFrame(random.normal(size=(200, 3)), columns=["a", "b", "c"])
target = 1.0 + features @ np.array([2.0, -1.0, 0.5]) + random.normal(scale=0.1, size=200)
design = sm.add_constant(features)

with mlflow.start_run() as started:
    fitted = sm.OLS(target, design).fit(cov_type="HC1")

run_id = started.info.run_id
run = client.get_run(run_id)
same(run.data.params["cov_type"], "HC1", "param cov_type")
for name in ("rsquared", "rsquared_adj", "aic", "bic", "llf", "fvalue", "df_resid"):
    same(run.data.metrics[name], float(getattr(fitted, name)), f"metric {name} is statsmodels' own")

summary = mlflow.artifacts.load_text(f"runs:/{run_id}/model_summary.txt")
assert "OLS Regression Results" in summary, f"the summary: {summary[:200]!r}"

loaded = mlflow.statsmodels.load_model(f"runs:/{run_id}/model")
same_numbers(loaded.predict(design), fitted.predict(design), "predictions of the saved fit")
same_numbers(loaded.params, fitted.params, "its coefficients")
as_function = mlflow.pyfunc.load_model(f"runs:/{run_id}/model")
same_numbers(as_function.predict(design), fitted.predict(design), "predictions of the model as a function")

facts(run=run_id, statsmodels=statsmodels.__version__, metrics=run.data.metrics)
