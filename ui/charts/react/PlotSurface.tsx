import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  type RefObject,
} from 'react';

import type { ChartLine } from '#ui/charts/chart-line.ts';
import type { ChartTexts } from '#ui/charts/chart-texts.ts';
import type { ChartView } from '#ui/charts/chart-view.ts';
import { Crosshair } from '#ui/charts/crosshair.ts';
import type { HoverBus } from '#ui/charts/hover-bus.ts';
import { inkColour } from '#ui/charts/palette.ts';
import { nearestLine, readingsAt, type Better } from '#ui/charts/readings.ts';
import { project, toPixel, toValue } from '#ui/charts/axis/scale.ts';
import { nearestRow } from '#ui/charts/series.ts';
import { ChartTooltip } from './ChartTooltip.tsx';
import type { Size } from './use-size.ts';

export interface PlotSurfaceProps {
  readonly lines: readonly ChartLine[];
  readonly view: ChartView;
  readonly size: Size;
  readonly bus: HoverBus;
  readonly focus: string | null;
  readonly summary: string;
  readonly better: Better | undefined;
  readonly tolerance: number;
  readonly xName: string | undefined;
  readonly note: string | undefined;
  readonly texts: ChartTexts;
  readonly formatX: (x: number) => string;
  readonly onHover: ((id: string | null) => void) | undefined;
  readonly onZoom: ((range: readonly [number, number] | null) => void) | undefined;
}

interface Tip {
  readonly x: number;
  /** The plot's left edge and the pointer, in pixels of the viewport. */
  readonly plotLeft: number;
  readonly clientY: number;
  readonly isLocked: boolean;
}

/** A line within this many pixels of the pointer is in focus. */
const FOCUS_REACH = 24;
const DRAG_FROM = 4;

/** Everything that pointer and keyboard do with a plot: crosshair, focus, tooltip and its lock, drag to zoom. */
export function PlotSurface(props: PlotSurfaceProps): ReactElement {
  const { lines, view, size, bus, onHover, onZoom } = props;
  const [tip, setTip] = useState<Tip>();
  const [brush, setBrush] = useState<{ from: number; to: number }>();
  const isPointed = useRef(false);
  useLayoutEffect(() => {
    isPointed.current = tip !== undefined;
  });
  const layer = useCrosshair(props, isPointed);
  const x = project(view.x, 0, size.width);
  const y = project(view.y, size.height, 0);

  const point = (id: string | null, at: number | null): void => {
    if (bus.get().id !== id) onHover?.(id);
    bus.set({ id, x: at });
  };
  const leave = (): void => {
    setTip(undefined);
    point(null, null);
  };

  const isLocked = tip?.isLocked === true;
  useEffect(() => {
    if (!isLocked) return undefined;
    const free = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      setTip(undefined);
      bus.set({ x: null, id: null });
    };
    document.addEventListener('keydown', free);
    return () => document.removeEventListener('keydown', free);
  }, [isLocked, bus]);

  const offset = (event: PointerEvent): { x: number; y: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const move = (event: PointerEvent): void => {
    const at = offset(event);
    if (brush !== undefined && event.buttons !== 0) {
      setBrush({ from: brush.from, to: Math.min(size.width, Math.max(0, at.x)) });
      if (Math.abs(at.x - brush.from) >= DRAG_FROM) leave();
      return;
    }
    if (isLocked) return;
    const nearest = nearestLine(lines, at, { x, y });
    if (nearest === undefined) {
      leave();
      return;
    }
    const snapped = nearest.line.series.xLast[nearest.row] as number;
    isPointed.current = true;
    point(nearest.distance <= FOCUS_REACH ? nearest.line.id : null, snapped);
    const plotLeft = event.clientX - at.x;
    setTip({ x: snapped, plotLeft, clientY: event.clientY, isLocked: false });
  };
  const press = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = offset(event).x;
    setBrush({ from: at, to: at });
  };
  const release = (event: PointerEvent): void => {
    if (brush === undefined) return;
    setBrush(undefined);
    const [from, to] = brush.from < brush.to ? [brush.from, brush.to] : [brush.to, brush.from];
    if (to - from >= DRAG_FROM) onZoom?.([toValue(x, from), toValue(x, to)]);
    else if (tip !== undefined) setTip({ ...tip, clientY: event.clientY, isLocked: !tip.isLocked });
  };
  const steer = (event: KeyboardEvent): void => {
    const lead =
      lines.find((line) => line.id === props.focus) ?? lines.find(({ series }) => series.xLast.length > 0);
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (event.key === 'Escape') leave();
    else if (event.key === 'Enter' && tip !== undefined) setTip({ ...tip, isLocked: !tip.isLocked });
    else if (direction !== 0 && lead !== undefined) {
      event.preventDefault();
      const { xLast } = lead.series;
      const here = nearestRow(lead.series, tip?.x ?? (direction > 0 ? view.x.from : view.x.to));
      const row = Math.min(xLast.length - 1, Math.max(0, here + direction * (event.shiftKey ? 10 : 1)));
      const box = event.currentTarget.getBoundingClientRect();
      isPointed.current = true;
      point(lead.id, xLast[row] as number);
      setTip({
        x: xLast[row] as number,
        plotLeft: box.left,
        clientY: box.top + box.height / 2,
        isLocked: false,
      });
    }
  };

  return (
    <>
      <div ref={layer} className="chart-overlay" aria-hidden="true" />
      <div
        className="chart-surface"
        role="application"
        aria-label={props.summary}
        // The crosshair is steered with the arrow keys.
        tabIndex={0}
        onPointerMove={move}
        onPointerDown={press}
        onPointerUp={release}
        onPointerCancel={() => setBrush(undefined)}
        onPointerLeave={() => {
          if (!isLocked && brush === undefined) leave();
        }}
        onDoubleClick={() => {
          setTip(undefined);
          onZoom?.(null);
        }}
        onKeyDown={steer}
        onBlur={() => {
          if (!isLocked) leave();
        }}
      >
        {brush !== undefined && Math.abs(brush.to - brush.from) >= DRAG_FROM && (
          <div
            className="chart-brush"
            style={{ left: Math.min(brush.from, brush.to), width: Math.abs(brush.to - brush.from) }}
          />
        )}
      </div>
      {tip !== undefined && (
        <ChartTooltip
          heading={[props.xName, props.formatX(tip.x)].filter(Boolean).join(' ')}
          note={props.note}
          readings={readingsAt(lines, tip.x, props.better)}
          focus={props.focus}
          better={props.better}
          tolerance={props.tolerance}
          isLocked={tip.isLocked}
          texts={props.texts}
          at={{ x: tip.plotLeft + toPixel(x, tip.x), y: tip.clientY }}
        />
      )}
    </>
  );
}

/** Follows the bus without rendering: the crosshair of every chart moves with the pointer over one of them. */
function useCrosshair(
  { lines, view, size, bus, formatX }: PlotSurfaceProps,
  isPointed: RefObject<boolean>,
): RefObject<HTMLDivElement | null> {
  const layer = useRef<HTMLDivElement>(null);
  const tagOf = useRef(formatX);
  useEffect(() => {
    tagOf.current = formatX;
  });
  useEffect(() => {
    if (layer.current === null) return undefined;
    const crosshair = new Crosshair(layer.current);
    const x = project(view.x, 0, size.width);
    const y = project(view.y, size.height, 0);
    const follow = (): void => {
      const hover = bus.get();
      const at = hover.x === null ? NaN : toPixel(x, hover.x);
      if (hover.x === null || !(at >= 0 && at <= size.width)) {
        crosshair.hide();
        return;
      }
      const marked = lines.filter((line) => line.id === hover.id || line.rank === 'base');
      const dots = readingsAt(marked, hover.x, undefined).found.map(({ line, value }) => ({
        y: toPixel(y, value),
        colour: inkColour(line.ink),
      }));
      const visible = dots.filter((dot) => dot.y >= 0 && dot.y <= size.height);
      crosshair.show({ x: at, tag: isPointed.current ? tagOf.current(hover.x) : undefined, dots: visible });
    };
    follow();
    const stop = bus.subscribe(follow);
    return () => {
      stop();
      crosshair.remove();
    };
  }, [lines, view, size, bus, isPointed]);
  return layer;
}
