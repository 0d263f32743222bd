import type { CSSProperties, ReactElement } from 'react';

/** The place of what is being loaded, in its final size, so that nothing moves when it comes. */
export function Skeleton({
  width,
  height,
}: {
  readonly width?: number | string;
  readonly height: number | string;
}): ReactElement {
  const style: CSSProperties = { width: width ?? '100%', height };
  return (
    <span aria-hidden="true" style={style} className="block animate-pulse-slow rounded-control bg-sunk" />
  );
}
