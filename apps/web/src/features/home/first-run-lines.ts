// Lines to paste into a shell or a file. What they log is small, real, and ends: a curve of a hundred points.

import { curlProject } from '../../parts/curl-project.ts';

interface Reached {
  /** Under which this browser reached the server. */
  readonly address: string;
  readonly workspace: string;
}

/** Stands where a key belongs that only its owner has. */
const KEY = 'cairn-…';

export function mlflowLines(address: string, needsKey: boolean): string {
  return `export MLFLOW_TRACKING_URI=${address}${needsKey ? `\nexport MLFLOW_TRACKING_TOKEN=${KEY}` : ''}

# first.py
import mlflow

mlflow.set_experiment("digits")
with mlflow.start_run():
    mlflow.log_param("lr", 1e-3)
    for step in range(100):
        acc = 1 - 0.9 ** step
        mlflow.log_metric("val/acc", acc, step=step)`;
}

export function typescriptLines({ address, workspace }: Reached, needsKey: boolean): string {
  return `// first.ts, beside the server's checkout
import { init } from './sdks/typescript/init.ts'

const run = await init({
  server: '${address}',${needsKey ? `\n  apiKey: '${KEY}',` : ''}
${workspace === 'default' ? '' : `  workspace: '${workspace}',\n`}  project: 'digits', config: { lr: 1e-3 },
})
for (let step = 0; step < 100; step++)
  run.log({ 'val/acc': 1 - 0.9 ** step }, { step })
await run.finish()`;
}

export function curlLines({ address, workspace }: Reached, needsKey: boolean): string {
  const curl = needsKey ? 'curl -H "$AUTH"' : 'curl';
  const { before, id } = curlProject(workspace, curl);
  return `API=${address}/api
RUN=$(openssl rand -hex 16)
JSON='content-type: application/json'${needsKey ? `\nAUTH='authorization: Bearer ${KEY}'` : ''}

${before === '' ? '# project 0 is Default; the id is yours\n' : before}${curl} -H "$JSON" $API/runs \\
  -d '{"project":"${id}","id":"'$RUN'"}'
${curl} -H "$JSON" $API/runs/$RUN/log \\
  -d '{"points":[{"metric":"val/acc",
       "steps":[0,1,2],"values":[0.1,0.5,0.8]}]}'
${curl} -H "$JSON" $API/runs/$RUN -X PATCH \\
  -d '{"status":"finished"}'`;
}
