import type { ReactNode } from 'react';

/** A head of 28 + 4 and what it is about. */
export function Section({
  title,
  note,
  end,
  children,
  className = '',
}: {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly end?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <section className={`min-w-0 ${className}`}>
      <header className="mb-1 flex h-7 items-center gap-2 whitespace-nowrap">
        <h2 className="font-semibold">{title}</h2>
        {note !== undefined && <span className="truncate text-ink-3">{note}</span>}
        {end !== undefined && <span className="ml-auto flex items-center gap-3 text-12 text-ink-3">{end}</span>}
      </header>
      {children}
    </section>
  );
}

export function Panel({ children, className = '' }: { readonly children: ReactNode; readonly className?: string }) {
  return <div className={`min-w-0 overflow-hidden rounded-panel border border-line bg-panel ${className}`}>{children}</div>;
}

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
          <span className="h-3 w-40 rounded-control bg-sunk" />
          <span className="h-3 flex-1 rounded-control bg-sunk" />
          <span className="h-3 w-16 rounded-control bg-sunk" />
        </div>
      ))}
    </div>
  );
}
