"""Registers models while logging them, loads them by every address, promotes, finds and copies."""

import mlflow
import numpy as np
import pandas as pd
from checking import CLIENT, facts, own_name, refused, same, same_numbers
from mlflow import MlflowClient
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

features, target = load_iris(return_X_y=True, as_frame=True)
weak = LogisticRegression(max_iter=1, C=1e-4).fit(features, target)
strong = LogisticRegression(max_iter=500).fit(features, target)
signature = infer_signature(features, strong.predict(features))
# A model's name goes into URIs, where it may hold neither `/` nor `:`.
flowers = own_name("flowers").replace("/", "-")
doublers = own_name("doublers")

# Finding out the packages that a model needs takes seconds each time; models.py proves it.
QUICK = {"pip_requirements": ["scikit-learn"]}


class Doubler(mlflow.pyfunc.PythonModel):
    """The smallest model that is not scikit-learn's."""

    def predict(self, context, model_input, params=None):
        return model_input * 2


def named(name):
    return {"name": name} if CLIENT == "3" else {"artifact_path": name}


def predictions(uri):
    return list(mlflow.pyfunc.load_model(uri).predict(features))


def numbers(versions):
    return [int(version.version) for version in versions]


client = MlflowClient()
mlflow.set_experiment(own_name("registry"))
runs = []
for model in (weak, strong):
    with mlflow.start_run() as run:
        mlflow.log_metric("accuracy", model.score(features, target))
        saved = mlflow.sklearn.log_model(
            model, **named("flowers"), signature=signature, registered_model_name=flowers, **QUICK
        )
    runs.append(run.info.run_id)
logged = client.search_model_versions(f"name = '{flowers}'", order_by=["version_number"])
same([version.run_id for version in logged], runs, "versions that log_model registered")
with mlflow.start_run() as run:
    mlflow.pyfunc.log_model(
        **named("doubler"), python_model=Doubler(), registered_model_name=doublers, **QUICK
    )

# A version leads back to its run, and to its files.
first = client.get_model_version(flowers, "1")
same((first.name, str(first.version), first.run_id), (flowers, "1", runs[0]), "version 1")
same((first.current_stage, first.status), ("None", "READY"), "state of version 1")
for number, model in (("1", weak), ("2", strong)):
    same_numbers(predictions(f"models:/{flowers}/{number}"), model.predict(features), number)
same_numbers(predictions(f"models:/{flowers}/latest"), strong.predict(features), "latest")
loaded = mlflow.sklearn.load_model(f"models:/{flowers}/2")
same_numbers(loaded.predict(features), strong.predict(features), "version 2 as sklearn")
same(mlflow.models.get_model_info(f"models:/{flowers}/2").signature, signature, "signature")
frame = pd.DataFrame({"x": [1.0, 2.0]})
doubled = mlflow.pyfunc.load_model(f"models:/{doublers}/1").predict(frame)
same(np.asarray(doubled).ravel().tolist(), [2.0, 4.0], "the pyfunc model")
if CLIENT == "3":
    tag = client.get_logged_model(saved.model_id).tags["mlflow.modelVersions"]
    assert flowers in tag and '"2"' in tag.replace(": 2", ': "2"'), f"the logged model's tag: {tag}"

# Registered by hand: from a run, and as a file at another place.
again = mlflow.register_model(f"runs:/{runs[0]}/flowers", flowers)
same((str(again.version), again.run_id), ("3", runs[0]), "register_model")
same_numbers(predictions(f"models:/{flowers}/3"), weak.predict(features), "version 3")
elsewhere = client.create_model_version(flowers, "s3://bucket/models/flowers", runs[1])
where = client.get_model_version_download_uri(flowers, elsewhere.version)
same(where, "s3://bucket/models/flowers", "where version 4 is")
client.delete_model_version(flowers, elsewhere.version)
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_model_version(flowers, "4"), "not found")
refused(
    "INVALID_PARAMETER_VALUE",
    lambda: client.create_model_version(flowers, "file:///etc", runs[1]),
    "Invalid model version source",
)

# Aliases.
client.set_registered_model_alias(flowers, "champion", "1")
same_numbers(predictions(f"models:/{flowers}@champion"), weak.predict(features), "champion")
client.set_registered_model_alias(flowers, "champion", "2")
client.set_registered_model_alias(flowers, "challenger", "2")
same_numbers(predictions(f"models:/{flowers}@champion"), strong.predict(features), "new champion")
same(sorted(client.get_model_version(flowers, "2").aliases), ["challenger", "champion"], "aliases")
held = client.get_model_version_by_alias(flowers, "champion")
same(str(held.version), "2", "version by alias")
client.delete_registered_model_alias(flowers, "challenger")
client.delete_registered_model_alias(flowers, "challenger")
aliases = {key: str(value) for key, value in client.get_registered_model(flowers).aliases.items()}
same(aliases, {"champion": "2"}, "aliases of the model")
refused("INVALID_PARAMETER_VALUE", lambda: client.get_model_version_by_alias(flowers, "nobody"))
refused("INVALID_PARAMETER_VALUE", lambda: client.set_registered_model_alias(flowers, "v7", "1"))

# Stages.
client.transition_model_version_stage(flowers, "1", "Production")
same_numbers(predictions(f"models:/{flowers}/Production"), weak.predict(features), "Production")
client.transition_model_version_stage(flowers, "2", "production", archive_existing_versions=True)
same_numbers(predictions(f"models:/{flowers}/Production"), strong.predict(features), "new one")
same(client.get_model_version(flowers, "1").current_stage, "Archived", "stage of version 1")
latest = client.get_latest_versions(flowers)
newest = {version.current_stage: str(version.version) for version in latest}
same(newest, {"Archived": "1", "Production": "2", "None": "3"}, "latest versions")
same(numbers(client.get_latest_versions(flowers, ["Production"])), [2], "latest in production")
refused(
    "INVALID_PARAMETER_VALUE",
    lambda: client.transition_model_version_stage(flowers, "1", "Shelf"),
)

# Tags and descriptions.
client.update_registered_model(flowers, "Irises.")
client.update_model_version(flowers, "2", "The strong one.")
same(client.get_registered_model(flowers).description, "Irises.", "description of the model")
same(client.get_model_version(flowers, "2").description, "The strong one.", "of the version")
client.set_registered_model_tag(flowers, "team", "botany")
client.set_model_version_tag(flowers, "2", "data", "v31")
client.set_model_version_tag(flowers, "3", "data", "v30")
client.delete_model_version_tag(flowers, "3", "data")
client.delete_model_version_tag(flowers, "3", "data")
same(client.get_registered_model(flowers).tags, {"team": "botany"}, "tags of the model")
same(client.get_model_version(flowers, "2").tags["data"], "v31", "tag of the version")
assert "data" not in client.get_model_version(flowers, "3").tags

# Searches.
found = client.search_registered_models(f"name = '{flowers}'")
same([model.name for model in found], [flowers], "models by name")
same(found[0].tags["team"], "botany", "the tags of what is found")
like = own_name("").strip()
found = client.search_registered_models(f"name LIKE '%{like}'", order_by=["name DESC"])
same([model.name for model in found], [flowers, doublers], "models by part of a name")
page = client.search_registered_models(f"name LIKE '%{like}'", max_results=1)
same([model.name for model in page], [doublers], "the first page")
page = client.search_registered_models(
    f"name LIKE '%{like}'", max_results=1, page_token=page.token
)
same(([model.name for model in page], page.token or None), ([flowers], None), "the last page")
found = client.search_registered_models(f"name ILIKE '%{like.upper()}' AND tags.team = 'botany'")
same([model.name for model in found], [flowers], "models by tag")
own = f"name = '{flowers}'"
ordered = client.search_model_versions(own, order_by=["version_number ASC"])
same(numbers(ordered), [1, 2, 3], "versions")
same(numbers(client.search_model_versions(f"{own} AND run_id = '{runs[1]}'")), [2], "by run")
same(numbers(client.search_model_versions(f"run_id = '{runs[1]}'")), [2], "by run alone")
same(numbers(client.search_model_versions(f"{own} AND tags.data = 'v31'")), [2], "by tag")
found = client.search_model_versions(f"{own} AND tags.data LIKE 'v%'")
same(numbers(found), [2], "by part of a tag")

# Copies, a new name, and the end.
staged = own_name("staged")
copy = client.copy_model_version(f"models:/{flowers}/2", staged)
same((str(copy.version), copy.run_id), ("1", runs[1]), "the copy")
same_numbers(predictions(f"models:/{staged}/1"), strong.predict(features), "the copy's")
copy = client.copy_model_version(f"models:/{flowers}@champion", staged)
same(str(copy.version), "2", "another copy")
client.delete_registered_model(staged)
renamed = own_name("irises")
client.rename_registered_model(flowers, renamed)
same_numbers(predictions(f"models:/{renamed}@champion"), strong.predict(features), "renamed")
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_registered_model(flowers), "not found")
taken = "already exists"
refused("RESOURCE_ALREADY_EXISTS", lambda: client.create_registered_model(renamed), taken)
# The alias goes with its version; MLflow's own servers before 3.0 kept it, and answered 404.
client.delete_model_version(renamed, "2")
refused("INVALID_PARAMETER_VALUE", lambda: client.get_model_version_by_alias(renamed, "champion"))
with mlflow.start_run() as run:
    mlflow.sklearn.log_model(
        strong, **named("flowers"), registered_model_name=renamed, **QUICK
    )
newest = client.search_model_versions(f"name = '{renamed}'", order_by=["version_number DESC"])
same(numbers(newest), [5, 3, 1], "numbers are never given again")
client.delete_registered_model(renamed)
refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_registered_model(renamed), "not found")
client.delete_registered_model(doublers)

facts(run=runs[1])
