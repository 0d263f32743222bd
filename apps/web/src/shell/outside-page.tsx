import { Contrast, Languages } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { t } from '../text/translate.ts';
import { useLanguage } from './language.tsx';
import { Logo } from './logo.tsx';
import { chooseTheme, nextTheme, storedTheme } from './theme.ts';
import { useTitle } from './top-bar-slots.tsx';

/** A page for whoever is not logged in: one column, one form. */
export function OutsidePage({
  title,
  lead,
  children,
  foot,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
}) {
  useTitle(title);
  return (
    <div className="flex min-h-full flex-col items-center overflow-y-auto px-4 py-8 max-sm:min-h-dvh">
      <main className="my-auto w-full max-w-[360px]">
        <div className="mb-6 flex items-center gap-2 text-14 font-semibold">
          <Logo />
          Cairn
        </div>
        <h1 className="text-20 font-semibold">{title}</h1>
        {lead !== undefined && <p className="mt-1 text-ink-2">{lead}</p>}
        <div className="mt-6">{children}</div>
        {foot !== undefined && <p className="mt-6 text-12 text-ink-3">{foot}</p>}
      </main>
      <Choices />
    </div>
  );
}

function Choices() {
  const { language, choose } = useLanguage();
  const [theme, setTheme] = useState(storedTheme);
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <footer className="flex gap-2 pt-8">
      <Button
        look="quiet"
        lang={other}
        icon={<Languages size={14} strokeWidth={1.5} aria-hidden="true" />}
        onClick={() => void choose(other)}
      >
        {other === 'en' ? 'English' : '简体中文'}
      </Button>
      <Button
        look="quiet"
        icon={<Contrast size={14} strokeWidth={1.5} aria-hidden="true" />}
        onClick={() => {
          chooseTheme(nextTheme(theme));
          setTheme(nextTheme(theme));
        }}
      >
        {t('theme.label')}: {t(`theme.${theme}`)}
      </Button>
    </footer>
  );
}
