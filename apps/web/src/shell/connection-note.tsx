import { useEffect, useState } from 'react';
import { useLiveState } from '../api/live.ts';
import { t } from '../text/translate.ts';

/** A break shorter than this is nobody's business. */
const PATIENCE_MS = 2000;

/** Says that what is on screen may be old. */
export function ConnectionNote() {
  return useLiveState() === 'lost' ? <LostNote /> : null;
}

function LostNote() {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  return (
    <div
      role="status"
      className="fixed bottom-4 left-1/2 z-40 -translate-x-1/2 rounded-panel bg-panel px-3 py-2 text-12 text-warning shadow-float animate-appear"
    >
      {t('live.lost')}
    </div>
  );
}
