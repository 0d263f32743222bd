// Sizes that the page and its skeleton share, so that nothing moves when data comes.

export const HEAD =
  'flex min-h-[60px] shrink-0 flex-wrap items-center gap-x-3 gap-y-2 px-(--gutter) max-sm:px-3 max-sm:py-2';

export const STRIP =
  'mb-3 grid grid-cols-2 sm:grid-cols-3 xl:grid-cols-6 [&>*]:min-h-[76px] [&>*]:border-line [&>*]:border-t [&>*:nth-child(-n+2)]:border-t-0 sm:[&>*:nth-child(-n+3)]:border-t-0 xl:[&>*]:border-t-0 [&>*]:border-l [&>*:nth-child(2n+1)]:border-l-0 sm:[&>*:nth-child(2n+1)]:border-l sm:[&>*:nth-child(3n+1)]:border-l-0 xl:[&>*]:border-l! xl:[&>*:first-child]:border-l-0!';

export const GRID = 'grid gap-4 xl:grid-cols-[minmax(0,1fr)_432px]';
