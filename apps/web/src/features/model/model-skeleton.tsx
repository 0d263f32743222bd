import { Panel } from '#ui/kit/Panel.tsx';
import { Skeleton } from '#ui/kit/Skeleton.tsx';
import { SkeletonRows } from '../../parts/placeholders.tsx';

/** The page in its final sizes while it loads. */
export function ModelSkeleton() {
  return (
    <>
      <div className="flex min-h-[60px] shrink-0 items-center px-(--gutter)">
        <Skeleton width={160} height={24} />
      </div>
      <div className="h-9 shrink-0 border-b border-line" />
      <div className="flex flex-col gap-12 p-(--gutter) pt-12 max-sm:p-3 max-sm:pt-11">
        <Panel>
          <SkeletonRows rows={3} height={36} />
        </Panel>
        <Panel className="h-[216px]">{null}</Panel>
        <Panel>
          <SkeletonRows rows={8} height={34} />
        </Panel>
      </div>
    </>
  );
}
