import { Fault } from './fault.ts';

/** Longest name of a metric, param or tag, in UTF-16 code units (MLflow's limit, kept for all wires). */
export const NAME_LIMIT = 250;
/** Longest value of a param or tag and any other free text, in UTF-16 code units: 1 Mi, so that nothing huge becomes part of a run's document. */
export const TEXT_LIMIT = 1_048_576;
const NAME_SHAPE = /^[\p{L}\p{N}\p{M}\p{Pc}\-. :/]+$/u;

/**
 * A metric, param or tag name: Unicode word characters, `_ - . space : /`; not a path that climbs or repeats a slash.
 * @throws Fault `invalid`, naming the kind.
 */
export function assertName(kind: 'metric' | 'param' | 'tag', name: string): void {
  if (name.length > NAME_LIMIT) {
    throw new Fault(
      'invalid',
      `${label(kind)} name '${name.slice(0, 40)}…' exceeds the maximum length of ${NAME_LIMIT} characters.`,
      {
        field: 'key',
      },
    );
  }
  if (!NAME_SHAPE.test(name)) {
    throw new Fault(
      'invalid',
      `Invalid ${kind} name: '${name}'. Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).`,
      { field: 'key' },
    );
  }
  if (name.startsWith('/') || name.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    throw new Fault(
      'invalid',
      `Invalid ${kind} name: '${name}'. Names may be treated as files in certain cases, and must not resolve to other names when treated as such.`,
      {
        field: 'key',
      },
    );
  }
}

/**
 * Text that both databases can keep: no NUL (PostgreSQL refuses it), no lone surrogate, not longer than the limit.
 * @throws Fault `invalid`, naming the field.
 */
export function assertText(field: string, text: string, limit = TEXT_LIMIT): void {
  if (text.length > limit) {
    throw new Fault('invalid', `${field} exceeds the maximum length of ${limit} characters.`, { field });
  }
  if (text.includes('\0')) throw new Fault('invalid', `${field} contains a NUL character.`, { field });
  if (!text.isWellFormed()) throw new Fault('invalid', `${field} contains a lone surrogate.`, { field });
}

function label(kind: string): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
