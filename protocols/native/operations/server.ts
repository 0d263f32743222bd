import { encodeSeriesFrame } from '#core/contract/series-frame.ts';
import { runId } from '#core/domain/ids.ts';
import { authorise } from '#core/tracking/access/authorise.ts';
import { chartSeries } from '#core/tracking/series/chart-series.ts';
import type { Operations } from '../operation.ts';

/** The MLflow version whose wire is spoken; `protocols/mlflow` has the same constant and a test holds them together. */
const MLFLOW_VERSION = '3.17.2';

export const serverOperations: Pick<Operations, 'getServer' | 'getHealth' | 'readSeries'> = {
  getServer: async ({ edge, principal }) => {
    authorise(principal, 'server:read');
    return {
      version: edge.facts.version,
      mode: edge.facts.mode,
      origin: edge.facts.origin(),
      mlflowVersion: MLFLOW_VERSION,
      wires: [...edge.facts.wires],
      principal: { kind: principal.kind, id: principal.id },
    };
  },

  getHealth: async ({ edge, principal }) => {
    authorise(principal, 'server:admin');
    const { checks, ...health } = await edge.health();
    return { ...health, checks: [...checks] };
  },

  readSeries: async ({ ports, principal, body, reply }) => {
    const { items, x, pixels, range, smoothing } = body;
    const charted = await chartSeries(ports, principal, {
      items: items.map((item) => ({ run: runId(item.run), metric: item.metric })),
      x,
      pixels,
      ...(range && { range }),
      ...(smoothing !== undefined && { smoothing }),
    });
    const frame = encodeSeriesFrame(
      charted.map(({ extent, smoothed, ...series }) => ({
        ...series,
        ...(extent && { extent }),
        ...(smoothed && { smoothed }),
      })),
    );
    return reply.header('content-type', 'application/octet-stream').send(frame);
  },
};
