import { useLayoutEffect, useRef, type ReactElement } from 'react';

import { rasterClient, type RasterJob, type RasterSurface } from '#ui/charts/raster/raster-client.ts';

export interface RasterCanvasProps {
  readonly job: RasterJob;
  /** After each frame that reached the canvas; time spent in the worker. */
  readonly onPainted?: ((rasterMs: number) => void) | undefined;
}

/**
 * Shows what the worker painted. The old picture stays, stretched, until the new one is there.
 * Layout effects, because the worker can begin before the browser has painted the rest of the page.
 */
export function RasterCanvas({ job, onPainted }: RasterCanvasProps): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const surface = useRef<RasterSurface>(undefined);
  const painted = useRef(onPainted);
  useLayoutEffect(() => {
    painted.current = onPainted;
  });
  useLayoutEffect(() => {
    const opened = rasterClient().open((bitmap, rasterMs) => {
      canvas.current?.getContext('bitmaprenderer', { alpha: false })?.transferFromImageBitmap(bitmap);
      painted.current?.(rasterMs);
    });
    surface.current = opened;
    return () => opened.close();
  }, []);
  useLayoutEffect(() => surface.current?.paint(job), [job]);
  return <canvas ref={canvas} className="chart-canvas" aria-hidden="true" />;
}
