// Lines to paste that register a first model: by a client that people have already, and by any other.

import { curlProject } from '../../parts/curl-project.ts';

/** Stands where a key belongs that only its owner has. */
const KEY = 'cairn-…';

export function mlflowLines(address: string, needsKey: boolean): string {
  return `export MLFLOW_TRACKING_URI=${address}${needsKey ? `\nexport MLFLOW_TRACKING_TOKEN=${KEY}` : ''}

# register.py
import mlflow
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

X, y = load_digits(return_X_y=True)
mlflow.set_experiment("digits")
with mlflow.start_run():
    model = LogisticRegression(max_iter=500).fit(X[:1500], y[:1500])
    mlflow.log_metric("val/acc", model.score(X[1500:], y[1500:]))
    mlflow.sklearn.log_model(
        model, name="model",
        registered_model_name="digits",
        input_example=X[:2],
    )`;
}

export function curlLines(address: string, workspace: string, needsKey: boolean): string {
  const auth = needsKey ? ' -H "$AUTH"' : '';
  const { before, id, query } = curlProject(workspace, `curl${auth}`);
  return `API=${address}/api
RUN=$(openssl rand -hex 16)
JSON='content-type: application/json'${needsKey ? `\nAUTH='authorization: Bearer ${KEY}'` : ''}

${before === '' ? '# a run with a file; project 0 is Default' : `${before}# a run with a file`}
curl${auth} -H "$JSON" $API/runs -d '{"project":"${id}","id":"'$RUN'"}'
curl${auth} -X PUT "$API/runs/$RUN/file?path=model/weights.bin" \\
  -H 'content-type: application/octet-stream' --data-binary @weights.bin

# the files below model/ become version 1 of digits
curl${auth} -H "$JSON" "$API/registry/digits/versions${query}" \\
  -d '{"run":"'$RUN'","path":"model"}'`;
}
