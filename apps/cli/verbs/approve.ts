import { Command } from 'commander';
import type { PromotionJson } from '#core/contract/registry-schemas.ts';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { formatDuration } from '../describe-run.ts';
import { Complaint } from '../explain.ts';
import { parseModelRef } from '../model-ref.ts';
import { checkLines } from '../model-text.ts';
import { table } from '../table.ts';

interface ApproveOptions extends ServerOption {
  readonly reject?: true;
  readonly reason: string;
  readonly json?: true;
}

/** `cairn approve`: what waits for approval; with a version, the word on it. */
export function approveVerb(): Command {
  const verb = new Command('approve')
    .description('list what waits for approval, or approve it')
    .argument('[version]', 'such as churn@15')
    .argument('[target]', 'the alias or stage, when it waits for several')
    .option('--reject', 'reject instead')
    .option('--reason <text>', 'why; it is kept', '')
    .option('--json', 'as JSON');
  return withWorkspace(verb).action(approve);
}

async function approve(
  wanted: string | undefined,
  target: string | undefined,
  options: ApproveOptions,
): Promise<void> {
  const { client } = connect(options);
  const { promotions } = await client.listPromotions({});
  if (wanted === undefined) {
    list(promotions, options);
    return;
  }
  const { model, version } = parseModelRef(wanted);
  // The server knows which number `latest` or an alias is.
  const { number } = await client.getModelVersion({ params: { model, version } });
  const ofVersion = promotions.filter((one) => one.modelName === model && one.version === number);
  const promotion = pick(ofVersion, wanted, target);
  const decision = options.reject ? 'rejected' : 'approved';
  const decided = await client.decidePromotion({
    params: { promotion: promotion.id },
    body: { decision, reason: options.reason },
  });
  if (options.json) {
    console.log(JSON.stringify(decided, null, 2));
    return;
  }
  for (const line of checkLines(decided.checks ?? [])) console.log(line);
  const named = `${decided.modelName} v${decided.version}`;
  if (decided.status === 'done') console.log(`Approved: ${named} is ${decided.target.name} now.`);
  else if (decided.status === 'rejected') console.log(`Rejected: ${named} stays as it is.`);
  else console.log(`Approved; ${named} still waits for what is refused above.`);
}

function list(promotions: readonly PromotionJson[], options: ApproveOptions, now = Date.now()): void {
  if (options.json) console.log(JSON.stringify(promotions, null, 2));
  else if (promotions.length === 0) console.log('Nothing waits for approval.');
  else {
    console.log(
      table(promotions, [
        { head: 'VERSION', cell: (one) => `${one.modelName}@${one.version}` },
        { head: 'FOR', cell: (one) => `${one.target.kind} ${one.target.name}` },
        { head: 'ASKED BY', cell: (one) => one.askedBy.name },
        { head: 'AGO', cell: (one) => formatDuration(now - one.askedAt), align: 'right' },
        { head: 'YOURS', cell: (one) => (one.mayApprove ? 'yes' : 'no') },
        { head: 'REASON', cell: (one) => one.reason, shrinkTo: 10 },
      ]),
    );
  }
}

/** @throws Complaint when none waits, or several do. */
function pick(
  ofVersion: readonly PromotionJson[],
  wanted: string,
  target: string | undefined,
): PromotionJson {
  const [found, ...more] = ofVersion.filter((one) => target === undefined || one.target.name === target);
  if (!found) throw new Complaint(`${wanted} does not wait for approval; 'cairn approve' lists what does.`);
  if (more.length > 0) {
    const names = [found, ...more].map((one) => one.target.name).join(', ');
    throw new Complaint(`${wanted} waits for several: ${names}. Say which.`);
  }
  return found;
}
