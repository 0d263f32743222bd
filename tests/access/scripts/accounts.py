"""Keeps accounts by the client of MLflow's basic-auth app: prints as JSON what it was answered."""

import json
import os
import sys
import types
import warnings

warnings.filterwarnings("ignore")

# The client lies in the package of the server app, whose import asks for a package that the client does not use.
stub = types.ModuleType("flask_wtf.csrf")
stub.CSRFProtect = object
sys.modules["flask_wtf"] = types.ModuleType("flask_wtf")
sys.modules["flask_wtf.csrf"] = stub

import mlflow
from mlflow.exceptions import MlflowException
from mlflow.server.auth.client import AuthServiceClient

client = AuthServiceClient(os.environ["MLFLOW_TRACKING_URI"])


def refusal(action):
    try:
        action()
    except MlflowException as error:
        return error.error_code
    return "done"


user = client.create_user("Grace", "a long enough password")
said = {
    "client": mlflow.__version__,
    "created": [user.username, user.is_admin],
    "again": refusal(lambda: client.create_user("grace", "a long enough password")),
    "short": refusal(lambda: client.create_user("short", "short")),
    "nobody": refusal(lambda: client.get_user("nobody")),
}
client.update_user_admin("grace", True)
said["admin"] = client.get_user("grace").is_admin
client.update_user_admin("grace", False)
client.update_user_password("grace", "another long password")
if hasattr(client, "create_experiment_permission"):
    made = client.create_experiment_permission("0", "grace", "EDIT")
    said["given"] = [made.experiment_id, made.permission]
    said["given again"] = refusal(lambda: client.create_experiment_permission("0", "grace", "READ"))
    client.update_experiment_permission("0", "grace", "READ")
    said["changed"] = client.get_experiment_permission("0", "grace").permission
    said["listed"] = [p.permission for p in client.get_user("grace").experiment_permissions]
    client.delete_experiment_permission("0", "grace")
    said["taken"] = refusal(lambda: client.get_experiment_permission("0", "grace"))
client.delete_user("grace")
said["deleted"] = refusal(lambda: client.get_user("grace"))
print(json.dumps(said))
