import { currentLanguage, say, type Values } from '../translate.ts';
import { en, type TeamKey } from './en.ts';
import { zh } from './zh.ts';

/** The message for a key of the team pages. */
export function tt(key: TeamKey, values: Values = {}): string {
  return say((currentLanguage() === 'zh-CN' ? zh : en)[key], values);
}

export type { TeamKey } from './en.ts';

const ACTION = 'action.';

/** Every kind of audit entry that this page has a word for. */
export const KNOWN_ACTIONS: readonly string[] = Object.keys(en)
  .filter((key) => key.startsWith(ACTION))
  .map((key) => key.slice(ACTION.length));

/** What somebody did, in words; one that a newer server records is shown by its name. */
export function actionWord(action: string): string {
  return KNOWN_ACTIONS.includes(action) ? tt(`${ACTION}${action}` as TeamKey) : action;
}
