import type { Ink } from './palette.ts';
import { inkColour } from './palette.ts';
import type { Rgb } from '#ui/charts/raster/pixmap.ts';
import type { ChartColours } from '#ui/charts/raster/raster-job.ts';

/**
 * The tokens' colours as numbers for the raster, read anew whenever the theme changes: by the system, or by
 * `data-theme` on the root element. A snapshot stays the same object until then.
 */
export class ThemeColours {
  #snapshot: ChartColours | undefined;
  readonly #listeners = new Set<() => void>();
  #stop: (() => void) | undefined;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#stop ??= this.#watch();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = undefined;
      // Nobody watches from here on, so the next reader looks again.
      this.#snapshot = undefined;
    };
  };

  readonly snapshot = (): ChartColours => (this.#snapshot ??= readColours());

  #watch(): () => void {
    const changed = (): void => {
      this.#snapshot = undefined;
      for (const listener of this.#listeners) listener();
    };
    const observer = new MutationObserver(changed);
    observer.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'class'],
    });
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', changed);
    return () => {
      observer.disconnect();
      dark.removeEventListener('change', changed);
    };
  }
}

export const themeColours = new ThemeColours();

function readColours(): ChartColours {
  const inks = new Map<Ink, Rgb>();
  return {
    panel: resolve('var(--bg-panel)'),
    grid: resolve('var(--border)'),
    ink: (ink) => {
      let colour = inks.get(ink);
      if (colour === undefined) inks.set(ink, (colour = resolve(inkColour(ink))));
      return colour;
    },
  };
}

/** Lets the browser resolve variables and light-dark(): the computed colour of a probe is always rgb(…). */
function resolve(css: string): Rgb {
  const probe = document.createElement('span');
  probe.hidden = true;
  probe.style.color = css;
  document.documentElement.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  const [red = 0, green = 0, blue = 0] = (computed.match(/[\d.]+/g) ?? []).map(Number);
  return (Math.round(red) << 16) | (Math.round(green) << 8) | Math.round(blue);
}
