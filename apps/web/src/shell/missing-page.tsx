import { Link, useLocation } from '@tanstack/react-router';
import { Button } from '#ui/kit/Button.tsx';
import { t } from '../text/translate.ts';
import { Crumbs, useTitle } from './top-bar-slots.tsx';

export function MissingPage() {
  const path = useLocation({ select: (location) => location.pathname });
  return <Missing text={t('missing.text', { path })} />;
}

/** A page for an address behind which nothing is. */
export function Missing({ text }: { readonly text: string }) {
  useTitle(t('missing.title'));
  return (
    <div className="p-[var(--gutter)]">
      <Crumbs>
        <b className="font-semibold">{t('missing.title')}</b>
      </Crumbs>
      <h1 className="mt-6 text-20 font-semibold">{t('missing.title')}</h1>
      <p className="mt-1 text-14 text-ink-2">{text}</p>
      <Button asChild className="mt-4">
        <Link to="/">{t('missing.home')}</Link>
      </Button>
    </div>
  );
}
