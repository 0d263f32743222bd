import { en, type Key, type Message } from './en.ts';

// Words by key in the language that the person chose. English is the complete dictionary and the type of the others;
// a message that counts has one form for each plural category of its language (Intl.PluralRules).

export type Language = 'en' | 'zh-CN';
export type Dictionary = Record<Key, Message>;
export type Values = Readonly<Record<string, string | number>>;

const STORED = 'cairn.language';
let language: Language = 'en';
let words: Dictionary = en;
let plurals = new Intl.PluralRules('en');

export function currentLanguage(): Language {
  return language;
}

/** The language chosen before on this browser, else the first that the browser asks for and we speak. */
export function preferredLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'en' || stored === 'zh-CN') return stored;
  for (const wanted of navigator.languages) {
    if (wanted.startsWith('zh')) return 'zh-CN';
    if (wanted.startsWith('en')) return 'en';
  }
  return 'en';
}

export async function loadLanguage(wanted: Language): Promise<void> {
  words = wanted === 'en' ? en : (await import('./zh.ts')).zh;
  language = wanted;
  plurals = new Intl.PluralRules(wanted);
  document.documentElement.lang = wanted;
}

export function rememberLanguage(chosen: Language): void {
  localStorage.setItem(STORED, chosen);
}

/** The message for a key, with `{name}` replaced; `count` also chooses the plural form. */
export function t(key: Key, values: Values = {}): string {
  return say(words[key], values);
}

/** A message of any dictionary in the language that was chosen. */
export function say(message: Message, values: Values = {}): string {
  const count = values['count'];
  const text =
    typeof message === 'string'
      ? message
      : (message[plurals.select(typeof count === 'number' ? count : 0)] ?? message.other);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? number(value) : value;
  });
}

function number(value: number): string {
  return new Intl.NumberFormat(language).format(value);
}
