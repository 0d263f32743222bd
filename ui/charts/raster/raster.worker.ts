// The far side of raster-client.ts: keeps each chart's series, paints frames, sends back bitmaps without copying.
import { unpackSeries } from './packed-series.ts';
import { paintFrame } from './paint-frame.ts';
import type { RasterReply, RasterRequest } from './raster-messages.ts';
import type { Series } from '#ui/charts/series.ts';

interface WorkerScope {
  onmessage: ((event: MessageEvent<RasterRequest>) => void) | null;
  postMessage(message: RasterReply, transfer: Transferable[]): void;
}

const scope = self as unknown as WorkerScope;
const charts = new Map<number, Map<number, Series>>();
const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext('2d', { alpha: false });

scope.onmessage = ({ data: request }) => {
  if (request.kind === 'forget') {
    charts.delete(request.chart);
    return;
  }
  let held = charts.get(request.chart);
  if (held === undefined) charts.set(request.chart, (held = new Map()));
  const uploaded = request.upload === undefined ? [] : unpackSeries(request.upload);
  for (const [key, series] of uploaded) held.set(key, series);
  for (const key of request.drops) held.delete(key);
  const series = held;
  const { frame } = request;
  const started = performance.now();
  const pixmap = paintFrame(frame, (key) => series.get(key));
  if (canvas.width !== frame.width) canvas.width = frame.width;
  if (canvas.height !== frame.height) canvas.height = frame.height;
  context?.putImageData(new ImageData(pixmap.bytes, frame.width, frame.height), 0, 0);
  const bitmap = canvas.transferToImageBitmap();
  const rasterMs = performance.now() - started;
  scope.postMessage({ chart: request.chart, bitmap, rasterMs }, [bitmap]);
};
