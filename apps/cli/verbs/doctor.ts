import { Command } from 'commander';
import { explain } from '../explain.ts';
import { withStore, type StoreOption } from '../store-option.ts';
import { paint } from '../table.ts';
import { plain } from '../text.ts';

interface Options extends StoreOption {
  readonly deep?: true;
  readonly online?: true;
  readonly repair?: true;
}

interface Found {
  readonly severity: 'error' | 'warning' | 'note';
  readonly where: string;
  readonly what: string;
}

const STYLES = { error: 'red', warning: 'yellow', note: 'dim' } as const;
const FOUND = 1;
const NOT_CHECKED = 2;

/** `cairn doctor`: exit code 0 sound, 1 something is wrong, 2 it could not be checked. */
export function doctorVerb(): Command {
  const verb = new Command('doctor')
    .description('check a store and say what is wrong with it; exit code 0 sound, 1 findings, 2 not checked')
    .option('--deep', 'read the bytes of every file, too')
    .option('--online', 'only look, also while a server runs')
    .option('--repair', 'put right what can be without losing anything that can be read');
  return withStore(verb).action(async (options: Options) => {
    try {
      process.exitCode = await examine(options);
    } catch (error) {
      console.error(explain(error));
      process.exitCode = NOT_CHECKED;
    }
  });
}

async function examine(options: Options): Promise<number> {
  const { describeRemedy } = await import('#storage/care/doctor/finding.ts');
  const { diagnose } = await import('#storage/care/doctor/diagnose.ts');
  const isWrong = ({ severity }: Found): boolean => severity !== 'note';
  const { data, deep = false, online = false, repair = false, json } = options;
  const diagnosis = await diagnose({
    data,
    deep,
    online,
    repair,
    onFinding: (finding) => {
      if (json) return;
      const cure = finding.remedy && `\n    --repair: ${describeRemedy(finding.remedy)}`;
      console.log(`${describe(finding)}${cure ?? ''}`);
    },
  });
  const wrong = diagnosis.left.filter(isWrong).length;
  if (json) console.log(JSON.stringify(diagnosis, null, 2));
  else {
    for (const { finding, done } of diagnosis.repaired) {
      console.log(`${paint('green', 'repaired')}  ${plain(finding.where)}: ${plain(done)}`);
    }
    const verdict = wrong === 0 ? 'The store is sound.' : `${wrong} findings${repair ? ' are left' : ''}.`;
    console.log(verdict);
  }
  return wrong === 0 ? 0 : FOUND;
}

function describe({ severity, where, what }: Found): string {
  return `${paint(STYLES[severity], severity)}  ${plain(where)}: ${plain(what)}`;
}
