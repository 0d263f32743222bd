import { useEffect, useRef, useState } from 'react';

import { copyText } from './copy.ts';

const SHOWN_MS = 1500;

/** Whether the text was just copied, and what copies it. */
export function useCopied(text: string): [hasCopied: boolean, copy: () => void] {
  const [hasCopied, setHasCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = (): void => {
    copyText(text).then(
      () => {
        setHasCopied(true);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setHasCopied(false), SHOWN_MS);
      },
      // Refused by the browser: the text is there to be selected, and nothing claims that it was copied.
      () => setHasCopied(false),
    );
  };
  return [hasCopied, copy];
}
