import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { registryEndpoints } from '#core/contract/registry-endpoints.ts';
import type { GateJson } from '#core/contract/registry-schemas.ts';
import { connect, withWorkspace, type ServerOption } from '../connection.ts';
import { Complaint } from '../explain.ts';

interface GatesOptions extends ServerOption {
  readonly set?: string;
  readonly reason: string;
}

/** `cairn gates MODEL`: what stages and aliases ask of a version, as JSON; `--set FILE` declares them. */
export function gatesVerb(): Command {
  const verb = new Command('gates')
    .description('show what aliases and stages ask of a version, or declare it')
    .argument('<model>', 'name of a registered model')
    .option('--set <file>', 'declare the gates of a JSON file, in the shape that is shown (admins)')
    .option('--reason <text>', 'why; it is kept', '');
  return withWorkspace(verb).action(gates);
}

async function gates(model: string, options: GatesOptions): Promise<void> {
  const { client } = connect(options);
  const { set, reason } = options;
  if (set === undefined) {
    const { model: found } = await client.getRegisteredModel({ params: { model } });
    console.log(JSON.stringify(found.gates, null, 2));
    return;
  }
  const declared = await client.declareGates({
    params: { model },
    body: { gates: await gatesIn(set), reason },
  });
  const names = declared.gates.map(({ target }) => `${target.kind} ${target.name}`);
  console.log(
    names.length === 0 ? `${model} has no gates now.` : `${model} has gates for ${names.join(', ')}.`,
  );
}

/** @throws Complaint with the place of the first mistake. */
async function gatesIn(file: string): Promise<GateJson[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Complaint(`${file} cannot be read (${error.code ?? error.message}).`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Complaint(`${file} is no JSON: ${String(error)}`);
  }
  const read = registryEndpoints.declareGates.body.shape.gates.safeParse(json);
  if (read.success) return read.data;
  const [mistake] = read.error.issues;
  throw new Complaint(`${file}: ${mistake?.path.join('.') ?? ''} ${mistake?.message ?? ''}`.trim());
}
