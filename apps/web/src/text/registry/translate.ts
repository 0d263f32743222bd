import { currentLanguage, say, type Values } from '../translate.ts';
import { en as actionsEn, type ActionKey } from './actions/en.ts';
import { zh as actionsZh } from './actions/zh.ts';
import { en as pagesEn, type PageKey } from './pages/en.ts';
import { zh as pagesZh } from './pages/zh.ts';

const en = { ...pagesEn, ...actionsEn };
const zh = { ...pagesZh, ...actionsZh };

/** The message for a key of the pages of models. */
export function rt(key: PageKey | ActionKey, values: Values = {}): string {
  return say((currentLanguage() === 'zh-CN' ? zh : en)[key], values);
}

const LOG = 'log.action.';

/** What somebody did, in words; what a newer server records is shown by its name. */
export function logWord(action: string): string {
  const key = `${LOG}${action}`;
  return key in en ? rt(key as ActionKey) : action;
}
