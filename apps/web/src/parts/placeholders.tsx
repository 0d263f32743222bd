import type { ReactNode } from 'react';
import { Skeleton } from '#ui/kit/Skeleton.tsx';

/** A line that says why a place is empty, or what fills it. */
export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="px-3 py-2.5 text-12 text-ink-3">{children}</p>;
}

/** Rows of the final height while the real ones load: nothing moves when they come. */
export function SkeletonRows({ rows, height }: { readonly rows: number; readonly height: number }) {
  return (
    <div role="status" aria-busy="true">
      {Array.from({ length: rows }, (_, i) => (
        <div
          key={i}
          style={{ height }}
          className="flex items-center gap-4 border-t border-line px-3 first:border-t-0"
        >
          <Skeleton width={160} height={12} />
          <Skeleton height={12} />
          <Skeleton width={64} height={12} />
        </div>
      ))}
    </div>
  );
}
