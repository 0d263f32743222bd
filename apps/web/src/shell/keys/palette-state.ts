import { useEffect, useSyncExternalStore } from 'react';

// Whether the palette is open, and which actions the page that is there offers in it.

export interface PageCommand {
  /** The key that does the same: `j`, `Enter`, `Shift+v`. */
  readonly key: string;
  readonly label: string;
  readonly act: () => void;
}

let isOpen = false;
let typedAhead = '';
let takeLetters: ((letters: string) => void) | undefined;
let commands: readonly PageCommand[] = [];
const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function openPalette(): void {
  isOpen = true;
  typedAhead = '';
  changed();
}

export function closePalette(): void {
  isOpen = false;
  changed();
}

export function isPaletteOpen(): boolean {
  return isOpen;
}

/** The palette is loaded when it is first wanted: what is typed until its input has the focus belongs into it. */
export function typeAhead(letter: string): void {
  if (takeLetters) takeLetters(letter);
  else typedAhead += letter;
}

/** @param take Appends to the query; a function that stays the same. */
export function useTypedAhead(take: (letters: string) => void): void {
  useEffect(() => {
    takeLetters = take;
    const letters = typedAhead;
    typedAhead = '';
    if (letters !== '') take(letters);
    return () => {
      takeLetters = undefined;
    };
  }, [take]);
}

export function usePaletteOpen(): boolean {
  return useSyncExternalStore(subscribe, () => isOpen);
}

export function usePageCommands(): readonly PageCommand[] {
  return useSyncExternalStore(subscribe, () => commands);
}

/** Offers the page's actions in the palette while it is there. */
export function useOfferCommands(offered: readonly PageCommand[]): void {
  useEffect(() => {
    commands = offered;
    return () => {
      if (commands === offered) commands = [];
    };
  }, [offered]);
}
