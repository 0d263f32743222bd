import { useLayoutEffect, useState, type RefObject } from 'react';

export interface Size {
  /** CSS pixels, whole. */
  readonly width: number;
  readonly height: number;
  /** Device pixels in a CSS pixel. */
  readonly ratio: number;
}

/** The size of an element, followed; undefined until it is known. */
export function useSize(ref: RefObject<HTMLElement | null>): Size | undefined {
  const [size, setSize] = useState<Size>();
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const next = {
        width: Math.floor(element.clientWidth),
        height: Math.floor(element.clientHeight),
        ratio: Math.min(3, Math.max(1, devicePixelRatio)),
      };
      setSize((held) =>
        held?.width === next.width && held.height === next.height && held.ratio === next.ratio ? held : next,
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
