import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DataChipJson, Target, VersionRow } from '../../api/registry.ts';
import { Chip } from '#ui/kit/Chip.tsx';
import { classes } from '#ui/kit/classes.ts';
import { rt } from '../../text/registry/translate.ts';

/** `@production`, `stage production`: where a promotion leads, in a sentence. */
export function targetWords({ kind, name }: Target): string {
  return kind === 'alias' ? `@${name}` : rt('target.stage', { name });
}

/** Stages that say nothing: every version begins there. */
const SILENT = 'none';
const PRODUCTION = /^(prod(uction)?|champion)$/i;

/** What a version is called now: its aliases, and its stage where that says more. */
export function NameChips({ version }: { readonly version: Pick<VersionRow, 'aliases' | 'stage'> }) {
  const { aliases, stage } = version;
  const isSaid = stage === SILENT || aliases.includes(stage);
  return (
    <>
      {aliases.map((alias) => (
        <NameChip key={alias} isProduction={PRODUCTION.test(alias)}>
          @{alias}
        </NameChip>
      ))}
      {!isSaid && <NameChip isProduction={PRODUCTION.test(stage)}>{stage}</NameChip>}
    </>
  );
}

function NameChip({
  isProduction,
  children,
}: {
  readonly isProduction: boolean;
  readonly children: ReactNode;
}) {
  return (
    <span
      className={classes(
        'inline-flex h-5 max-w-full items-center truncate rounded-chip bg-sunk px-2 text-12 whitespace-nowrap',
        isProduction ? 'text-accent' : 'text-ink-2',
      )}
    >
      {children}
    </span>
  );
}

/** `sales@v31` for each dataset that trained it; the digest on hover. */
export function DataChips({ data }: { readonly data: readonly DataChipJson[] }) {
  return (
    <>
      {data.map(({ name, number, digest, role }) => (
        <span
          key={`${name} ${number} ${role}`}
          className="max-w-full min-w-0"
          title={`${role} ${digest}`.trim()}
        >
          <Chip isMono asChild>
            <Link to="/d/$dataset/v/$number" params={{ dataset: name, number: String(number) }}>
              {`${name}@v${number}`}
            </Link>
          </Chip>
        </span>
      ))}
    </>
  );
}

/** A dataset version as a link in text. */
export function DataLink({
  data: { name, number, digest },
  className,
}: {
  readonly data: DataChipJson;
  readonly className?: string;
}) {
  return (
    <Link
      to="/d/$dataset/v/$number"
      params={{ dataset: name, number: String(number) }}
      className={classes('truncate rounded-control hover:underline', className)}
      title={`${name}@v${number} ${digest}`}
    >
      {`${name}@v${number}`}
    </Link>
  );
}

export function VersionLink({
  model,
  number,
  tab,
  className = 'font-semibold text-accent',
  children = `v${number}`,
}: {
  readonly model: string;
  readonly number: number;
  readonly tab?: 'performance' | 'lineage' | 'files' | 'activity';
  readonly className?: string;
  readonly children?: ReactNode;
}) {
  return (
    <Link
      to="/m/$model/v/$number/{-$tab}"
      params={{ model, number: String(number), tab }}
      className={classes('rounded-control hover:underline', className)}
    >
      {children}
    </Link>
  );
}
