import type { RunJson } from '#core/contract/schemas.ts';
import type { Context } from './home-data.ts';

/** `ocr 77 w384-strong`: project, number, name. */
export function RunName({ run, context }: { readonly run: RunJson; readonly context: Context }) {
  return (
    <span
      className="flex min-w-0 items-baseline gap-2 whitespace-nowrap"
      title={`${context.name} ${run.number} ${run.name}`}
    >
      <b className="max-w-[50%] shrink-0 truncate text-13 font-semibold">{context.name}</b>
      <span className="text-ink-2">{run.number}</span>
      <span className="truncate font-mono text-ink-3">{run.name}</span>
    </span>
  );
}
