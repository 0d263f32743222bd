import { Link } from '@tanstack/react-router';
import { Count, Tab, Tabs } from '#ui/kit/Tabs.tsx';
import type { VersionDetail } from '../../api/registry.ts';
import { NameChips } from '../../parts/registry/names.tsx';
import { count } from '../../text/numbers.ts';
import { rt } from '../../text/registry/translate.ts';
import { absolute } from '../../text/times.ts';
import { HEAD } from './layout.ts';
import { VERSION_TABS, type VersionTab } from './route.ts';
import { VersionActions } from './version-actions.tsx';

/** What it is called now and since when, what can be done with it, and the tabs. */
export function VersionHead({
  version,
  open,
}: {
  readonly version: VersionDetail;
  readonly open: VersionTab;
}) {
  const { model, number, production, origin } = version;
  const held = production ?? { since: version.createdAt, by: version.createdBy };
  const counts: Partial<Record<VersionTab, number>> = {
    performance: version.evaluations.length,
    files: version.fileList.length,
  };
  const words = {
    at: absolute(held.since).slice(0, 10),
    who: held.by?.name ?? '',
  };
  return (
    <>
      <div className={HEAD}>
        <h1 className="min-w-0 truncate text-20 font-semibold">
          {model.name} v{number}
        </h1>
        <NameChips version={version} />
        {origin.run && <span className="truncate font-mono text-12 text-ink-2">{origin.run.name}</span>}
        <span
          className="text-ink-3"
          title={production ? `${production.because}, ${absolute(held.since)}` : absolute(held.since)}
        >
          {production
            ? rt(held.by ? 'version.sinceBy' : 'version.since', words)
            : rt('version.registeredBy', words)}
        </span>
        <span className="flex-1" />
        <VersionActions version={version} />
      </div>
      <Tabs label={rt('version.tabs')}>
        {VERSION_TABS.map((tab) => (
          <Tab key={tab} isActive={tab === open}>
            <Link
              to="/m/$model/v/$number/{-$tab}"
              params={{ model: model.name, number: String(number), tab: tab === 'summary' ? undefined : tab }}
            >
              {rt(`version.tab.${tab}`)}
              {(counts[tab] ?? 0) > 0 && <Count>{count(counts[tab] ?? 0)}</Count>}
            </Link>
          </Tab>
        ))}
      </Tabs>
    </>
  );
}
