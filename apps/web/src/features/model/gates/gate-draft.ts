import type { CheckJson, GateJson, Target } from '../../../api/registry.ts';

// A gate as a form holds it: text where the form has text, and what is wrong with it, if anything.

export type CheckKind = CheckJson['kind'];
export const CHECK_KINDS = [
  'metric',
  'signature',
  'tags',
  'evaluation',
  'file',
  'data-age',
] as const satisfies readonly CheckKind[];

/** All fields of all kinds, as typed; a kind reads its own. */
export interface CheckDraft {
  /** For the list on screen only. */
  readonly id: number;
  readonly kind: CheckKind;
  readonly metric: string;
  readonly direction: '' | 'min' | 'max';
  readonly dataset: string;
  readonly tolerance: string;
  readonly bound: string;
  readonly tags: string;
  readonly environment: string;
  readonly path: string;
  readonly days: string;
}

export interface GateDraft {
  readonly target: Target;
  readonly checks: readonly CheckDraft[];
  /** 0: nobody needs to approve. */
  readonly approvals: number;
  readonly role: 'editor' | 'admin';
}

const BLANK: Omit<CheckDraft, 'id' | 'kind'> = {
  metric: '',
  direction: '',
  dataset: '',
  tolerance: '',
  bound: '',
  tags: '',
  environment: '',
  path: '',
  days: '',
};

let nextId = 1;

export function newCheck(kind: CheckKind): CheckDraft {
  return { ...BLANK, id: (nextId += 1), kind };
}

const USUAL: readonly Target[] = [
  { kind: 'alias', name: 'production' },
  { kind: 'stage', name: 'production' },
];

/** @param taken names that have a gate already: a new one is offered for another. */
export function draftOf(gate: GateJson | undefined, taken: readonly Target[] = []): GateDraft {
  if (!gate) {
    const isFree = (target: Target): boolean =>
      !taken.some(({ kind, name }) => kind === target.kind && name === target.name);
    const target = USUAL.find(isFree) ?? { kind: 'alias', name: '' };
    return { target, checks: [], approvals: 0, role: 'admin' };
  }
  const { target, checks, approval } = gate;
  return {
    target,
    checks: checks.map(checkDraft),
    approvals: approval?.count ?? 0,
    role: approval?.role ?? 'admin',
  };
}

function checkDraft(check: CheckJson): CheckDraft {
  const blank = newCheck(check.kind);
  switch (check.kind) {
    case 'metric':
      return {
        ...blank,
        metric: check.metric ?? '',
        direction: check.direction ?? '',
        dataset: check.dataset ?? '',
        tolerance: text(check.tolerance),
        bound: text(check.bound),
      };
    case 'tags':
      return {
        ...blank,
        tags: check.tags.map(({ key, value }) => (value === undefined ? key : `${key}=${value}`)).join(', '),
      };
    case 'evaluation':
      return { ...blank, metric: check.metric ?? '', environment: check.environment ?? '' };
    case 'file':
      return { ...blank, path: check.path };
    case 'data-age':
      return { ...blank, days: text(check.days) };
    case 'signature':
    default:
      return blank;
  }
}

function text(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}

/** What the contract takes; undefined while something that is typed cannot mean anything. */
export function gateOf(draft: GateDraft): GateJson | undefined {
  const name = draft.target.name.trim();
  const checks = draft.checks.map(checkOf);
  if (name === '' || checks.includes(undefined)) return undefined;
  return {
    target: { kind: draft.target.kind, name },
    checks: checks.filter((check) => check !== undefined),
    ...(draft.approvals > 0 && { approval: { role: draft.role, count: draft.approvals } }),
  };
}

/** Undefined when the check misses what it needs, or a number is none. */
export function checkOf(draft: CheckDraft): CheckJson | undefined {
  const { kind, direction } = draft;
  const metric = draft.metric.trim();
  switch (kind) {
    case 'metric': {
      const tolerance = numberOf(draft.tolerance);
      const bound = numberOf(draft.bound);
      if (Number.isNaN(tolerance) || Number.isNaN(bound) || (tolerance ?? 0) < 0) return undefined;
      const dataset = draft.dataset.trim();
      return {
        kind,
        ...(metric !== '' && { metric }),
        ...(direction !== '' && { direction }),
        ...(dataset !== '' && { dataset }),
        ...(tolerance !== undefined && { tolerance }),
        ...(bound !== undefined && { bound }),
      };
    }
    case 'signature':
      return { kind };
    case 'tags': {
      const tags = parseTags(draft.tags);
      return tags.length === 0 ? undefined : { kind, tags };
    }
    case 'evaluation': {
      const environment = draft.environment.trim();
      return { kind, ...(metric !== '' && { metric }), ...(environment !== '' && { environment }) };
    }
    case 'file': {
      const path = draft.path.trim();
      return path === '' ? undefined : { kind, path };
    }
    case 'data-age':
    default: {
      const days = numberOf(draft.days);
      return days !== undefined && days > 0 ? { kind: 'data-age', days } : undefined;
    }
  }
}

/** Undefined when nothing is typed, NaN when it is no number. */
function numberOf(typed: string): number | undefined {
  const trimmed = typed.trim().replace('−', '-');
  if (trimmed === '') return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : NaN;
}

/** `bias-report, licence=internal`. */
function parseTags(typed: string): { key: string; value?: string }[] {
  return typed.split(',').flatMap((part) => {
    const [key = '', ...rest] = part.split('=');
    if (key.trim() === '') return [];
    return [{ key: key.trim(), ...(rest.length > 0 && { value: rest.join('=').trim() }) }];
  });
}
