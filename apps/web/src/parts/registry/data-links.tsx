import { Link } from '@tanstack/react-router';
import { Chip } from '#ui/kit/Chip.tsx';
import type { DataChipJson } from '../../api/registry.ts';

/** `sales@v31` for each dataset version that trained something, each a link to its page; the digest on hover. */
export function DataLinks({
  data,
  most = data.length,
}: {
  readonly data: readonly DataChipJson[];
  readonly most?: number;
}) {
  if (data.length === 0) return <span className="text-ink-3">—</span>;
  return (
    <>
      {data.slice(0, most).map(({ name, number, digest, role }) => (
        <Chip key={`${name} ${number} ${role}`} asChild isMono>
          <Link
            to="/d/$dataset/v/$number"
            params={{ dataset: name, number: String(number) }}
            title={`${role} ${digest}`.trim()}
            className="truncate"
          >{`${name}@v${number}`}</Link>
        </Chip>
      ))}
      {data.length > most && <span className="text-ink-3">+{data.length - most}</span>}
    </>
  );
}
