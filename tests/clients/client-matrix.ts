import { pythonFor } from '../python.ts';
import { CLIENT_RELEASES, pythonClients, type PythonClient } from '#tools/python-environments.ts';

// Which client runs which script: data. Two releases with `npm test`, all with `npm test -- --matrix`. What a release
// cannot do within a script stands with its reason in scripts/checking.py.

const isMatrix = process.env['CAIRN_TEST_MATRIX'] === 'true';
const inThisRun = pythonClients({ isMatrix });

/** The environment that has PyTorch as well; what has nothing to do with PyTorch is proven without it. */
const TORCH: PythonClient = 'mlflow3_torch';

/** The clients that every script runs on. */
export const CLIENTS: readonly PythonClient[] = inThisRun.filter((client) => client !== TORCH);

interface Script {
  /** What a user does: the test's name. */
  readonly does: string;
  /** Where it runs when not on every client, and why. */
  readonly only?: { readonly clients: readonly PythonClient[]; readonly because: string };
}

export const SCRIPTS: Readonly<Record<string, Script>> = {
  sklearn_autolog: { does: 'autologs fits and a grid search with child runs' },
  xgboost_autolog: { does: 'autologs boosted trees of XGBoost, a step for each round' },
  lightgbm_autolog: { does: 'autologs boosted trees of LightGBM that stop early' },
  statsmodels_autolog: { does: 'autologs a regression of statsmodels with its summary' },
  pytorch_model: {
    does: 'trains a network of PyTorch, saves it at two epochs and gets the same predictions',
    only: { clients: [TORCH], because: 'PyTorch is hundreds of megabytes and outside the hash lock' },
  },
  manual_logging: { does: 'logs by hand: nested runs, steps, tags, states, histories of 26,000 points' },
  artifacts: {
    does: 'logs tables, images, figures, dictionaries and texts, and gets the same bytes back',
  },
  models: { does: 'saves models, loads them by every address and gets the same predictions' },
  registry: {
    does: 'registers models while logging them, loads them by every address, promotes, finds and copies them',
  },
  protected_alias: { does: 'is refused a protected alias and stage, and moves them once the gate lets it' },
  datasets: { does: 'says which data was used, and finds runs by it' },
  search_runs: { does: 'finds runs by a table of filters and orders' },
  non_ascii: { does: 'keeps names in any script and doubles of any kind' },
  many_writers: { does: 'logs into one run from eight processes' },
  errors: { does: 'is refused in the words it knows, at once' },
  big_artifact: { does: 'sends a file of 200 MB and gets it back' },
  command_line: { does: 'does by the command `mlflow` what it does by Python' },
};

/** The clients of this run that a script runs on. */
export function clientsOf(script: string): readonly PythonClient[] {
  return inThisRun.filter((client) => (SCRIPTS[script]?.only?.clients ?? CLIENTS).includes(client));
}

/** Whether the client's python could not be made: skipped then on a laptop, never in CI. */
export const isMissing = (client: PythonClient): boolean => pythonFor(client) === undefined;

/** How a test names a client. */
export const nameOf = (client: PythonClient): string => `mlflow ${CLIENT_RELEASES[client].version}`;
