/** `val/` dimmed, `loss` not: the end of the name says most. */
export function MetricName({ name }: { readonly name: string }) {
  const slash = name.lastIndexOf('/') + 1;
  return (
    <span className="flex min-w-0 font-mono" title={name}>
      <span className="truncate text-ink-3">{name.slice(0, slash)}</span>
      <span className="truncate">{name.slice(slash)}</span>
    </span>
  );
}
