import type { ProjectSummaryJson, RunJson } from '#core/contract/schemas.ts';
import { ChildRuns } from './child-runs.tsx';
import { LineagePanels } from './lineage-panels.tsx';
import { MetricsTable } from './metrics-table.tsx';
import { NotePanel } from './note-panel.tsx';
import { ObjectivePanel } from './objective-panel.tsx';
import { DatasetsPanel, OriginPanel } from './origin-panels.tsx';
import { ParamsPanel, TagsPanel } from './params-panel.tsx';
import { SavedModels } from './saved-models.tsx';

/** What it optimised and reached, with what, and where it came from, on one screen. */
export function Overview({
  run,
  project,
  segment,
}: {
  readonly run: RunJson;
  readonly project: ProjectSummaryJson | undefined;
  readonly segment: string;
}) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-(--gutter) max-sm:p-3">
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_512px]">
        <div className="flex min-w-0 flex-col gap-3">
          <ObjectivePanel run={run} project={project} segment={segment} />
          <MetricsTable run={run} project={project} />
          <ChildRuns run={run} project={project} segment={segment} />
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <NotePanel run={run} />
          <ParamsPanel run={run} />
          <OriginPanel run={run} />
          <DatasetsPanel run={run} />
          <SavedModels run={run} segment={segment} />
          <LineagePanels run={run} />
          <TagsPanel run={run} />
        </div>
      </div>
    </div>
  );
}
