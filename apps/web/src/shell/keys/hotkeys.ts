import { useEffect, useEffectEvent } from 'react';
import { isPaletteOpen } from './palette-state.ts';

export type Hotkeys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/**
 * Single keys of a page: `j`, `Enter`, `Shift+v`. They rest while somebody types, while a dialog or menu is open, and
 * with Ctrl, Alt or Meta, which belong to the browser.
 */
export function useHotkeys(hotkeys: Hotkeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (isPaletteOpen()) return;
    if (document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]')) return;
    const name =
      event.shiftKey && /^[a-z]$/i.test(event.key) ? `Shift+${event.key.toLowerCase()}` : event.key;
    const act = hotkeys[name];
    if (!act) return;
    act(event);
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'range'].includes(target.type);
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}
