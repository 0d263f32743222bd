import { currentLanguage, say, type Values } from '../translate.ts';
import { en, type DatasetKey } from './en.ts';
import { zh } from './zh.ts';

/** The message for a key of the dataset pages. */
export function dt(key: DatasetKey, values: Values = {}): string {
  return say((currentLanguage() === 'zh-CN' ? zh : en)[key], values);
}
