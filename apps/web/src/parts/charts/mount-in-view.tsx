import { useEffect, useRef, useState, type ReactNode } from 'react';

/** Holds the place of something of known height and mounts it only near the viewport. */
export function MountInView({
  height,
  children,
  className,
}: {
  readonly height: number;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), {
      // One row above and below.
      rootMargin: `${height + 40}px 0px`,
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [height]);
  return (
    <div ref={place} style={{ height }} className={className}>
      {isNear && children}
    </div>
  );
}
