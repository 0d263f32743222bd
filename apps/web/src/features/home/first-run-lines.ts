// Lines to paste into a shell or a file. What they log is small, real, and ends: a curve of a hundred points.

export function mlflowLines(address: string): string {
  return `export MLFLOW_TRACKING_URI=${address}

# first.py
import mlflow

mlflow.set_experiment("digits")
with mlflow.start_run():
    mlflow.log_param("lr", 1e-3)
    for step in range(100):
        acc = 1 - 0.9 ** step
        mlflow.log_metric("val/acc", acc, step=step)`;
}

export function typescriptLines(address: string): string {
  return `// first.ts, beside the server's checkout
import { init } from './sdks/typescript/init.ts'

const run = await init({
  server: '${address}',
  project: 'digits', config: { lr: 1e-3 },
})
for (let step = 0; step < 100; step++)
  run.log({ 'val/acc': 1 - 0.9 ** step }, { step })
await run.finish()`;
}

export function curlLines(address: string): string {
  return `API=${address}/api
post() { curl -sd "$2" -H 'content-type: application/json' $API/$1; }
id() { sed 's/.*"id":"\\([^"]*\\)".*/\\1/;q'; }

P=$(post projects '{"name":"digits","existing":"use"}' |
    grep -o '^{"id":"[^"]*"' | cut -d'"' -f4)
R=$(post runs "{\\"project\\":\\"$P\\"}" |
    grep -o '^{"id":"[^"]*"' | cut -d'"' -f4)
post runs/$R/log '{"points":[{"metric":"val/acc",
  "steps":[0,1,2],"values":[0.1,0.5,0.8]}]}'`;
}
