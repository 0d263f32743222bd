import { startTeam } from '../tests/access/team-process.ts';
import { startServer } from '../tests/running-server.ts';
import { SHAPES } from './ingest.ts';
import { cpuSeconds } from './process-cost.ts';
import type { Figure } from './report.ts';
import { runLoad, type Load } from './run-load.ts';
import { median } from './statistics.ts';

const ROUNDS = 9;

/**
 * What it costs to ask who is there: CPU time of a request in team mode, with a key, over that in local mode. The two
 * servers take turns in who is first, so that a machine that is busy is busy for both.
 */
export async function guard(): Promise<Figure[]> {
  const local = await startServer({ args: ['--log-level', 'error'] });
  const team = await startTeam({ args: ['--log-level', 'error'] });
  try {
    const figures: Figure[] = [];
    for (const { what, load } of SHAPES) {
      const smaller = { ...load, requests: Math.ceil(load.requests / 3) };
      const ratios: number[] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const measured = { local: 0, team: 0 };
        for (const which of round % 2 === 0 ? (['local', 'team'] as const) : (['team', 'local'] as const)) {
          measured[which] =
            which === 'local'
              ? await cpuOf(local, smaller)
              : await cpuOf(team.server, { ...smaller, key: team.key });
        }
        // The first round warms both up.
        if (round > 0) ratios.push(measured.team / measured.local);
      }
      figures.push({
        bench: 'guard',
        what: `${what}: CPU in team mode over local mode`,
        value: median(ratios),
        unit: '×',
        asked: '≤ 1.05',
      });
    }
    return figures;
  } finally {
    await Promise.all([local.stop(), team.server.stop()]);
  }
}

async function cpuOf(server: { readonly origin: string; readonly pid: number }, load: Load): Promise<number> {
  const before = cpuSeconds(server.pid);
  const { failed } = await runLoad(server.origin, load);
  if (failed > 0) throw new Error(`${failed} requests failed`);
  return cpuSeconds(server.pid) - before;
}
