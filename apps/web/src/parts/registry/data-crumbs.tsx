import { Link } from '@tanstack/react-router';
import { Crumbs } from '../../shell/top-bar-slots.tsx';
import { dt } from '../../text/datasets/translate.ts';

/** `Data / sales`. */
export function DataCrumbs({ name }: { readonly name: string }) {
  return (
    <Crumbs>
      <Link to="/datasets" className="text-ink-2 hover:underline">
        {dt('title')}
      </Link>
      <span className="text-ink-3">/</span>
      <b className="truncate font-semibold">{name}</b>
    </Crumbs>
  );
}
