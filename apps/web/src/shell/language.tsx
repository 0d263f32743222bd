import { createContext, Fragment, useContext, useState, type ReactNode } from 'react';
import { currentLanguage, loadLanguage, rememberLanguage, type Language } from '../text/translate.ts';

interface LanguageChoice {
  readonly language: Language;
  readonly choose: (language: Language) => Promise<void>;
}

const Choice = createContext<LanguageChoice>({ language: 'en', choose: async () => {} });

/** Everything below is drawn anew in another language: what the page knows is in the URL and the caches. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(currentLanguage);
  const choose = async (chosen: Language): Promise<void> => {
    await loadLanguage(chosen);
    rememberLanguage(chosen);
    setLanguage(chosen);
  };
  return (
    <Choice value={{ language, choose }}>
      <Fragment key={language}>{children}</Fragment>
    </Choice>
  );
}

export function useLanguage(): LanguageChoice {
  return useContext(Choice);
}
