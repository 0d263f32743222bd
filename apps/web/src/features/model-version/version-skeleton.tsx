import { Panel } from '#ui/kit/Panel.tsx';
import { Skeleton } from '#ui/kit/Skeleton.tsx';
import { SkeletonRows } from '../../parts/placeholders.tsx';
import { GRID, HEAD, STRIP } from './layout.ts';

/** The page in its final sizes while it loads. */
export function VersionSkeleton() {
  return (
    <>
      <div className={HEAD}>
        <Skeleton width={240} height={24} />
      </div>
      <div className="h-9 shrink-0 border-b border-line" />
      <div className="relative min-h-0 flex-1 overflow-y-auto p-(--gutter) max-sm:p-3">
        <Panel className={STRIP}>
          {Array.from({ length: 6 }, (_, i) => (
            <div key={i} className="flex flex-col justify-center gap-2 px-4">
              <Skeleton width={64} height={10} />
              <Skeleton width={120} height={18} />
            </div>
          ))}
        </Panel>
        <div className={GRID}>
          <div className="flex min-w-0 flex-col gap-3 pt-8">
            <Panel className="h-[260px]">{null}</Panel>
            <Panel className="mt-8">
              <SkeletonRows rows={6} height={28} />
            </Panel>
          </div>
          <div className="flex min-w-0 flex-col gap-3 pt-8">
            <Panel>
              <SkeletonRows rows={8} height={24} />
            </Panel>
          </div>
        </div>
      </div>
    </>
  );
}
