import type { ArtifactDetail } from '../../api/artifacts.ts';
import { RunLink } from './run-link.tsx';

/** Runs, a line each, with what a version was to each. */
export function RunRoles({ runs }: { readonly runs: ArtifactDetail['madeBy'] }) {
  return (
    <ul className="max-h-80 overflow-y-auto">
      {runs.map((run) => (
        <li
          key={`${run.id} ${run.role}`}
          className="grid min-h-8 grid-cols-[minmax(0,200px)_minmax(0,1fr)_auto] items-center gap-3 border-t border-line px-3 text-12 first:border-t-0"
        >
          <RunLink run={run} />
          <span className="truncate text-ink-2">{run.name}</span>
          <span className="text-ink-3">{run.role}</span>
        </li>
      ))}
    </ul>
  );
}
