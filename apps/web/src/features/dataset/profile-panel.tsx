import { Panel, Section } from '#ui/kit/Panel.tsx';
import type { DatasetVersion } from '../../api/datasets.ts';
import { Empty } from '../../parts/placeholders.tsx';
import { dt } from '../../text/datasets/translate.ts';

/** What the client said of the content: rows, shapes, sizes; against the version before where that differs. */
export function ProfilePanel({
  version,
  previous,
}: {
  readonly version: DatasetVersion;
  readonly previous: DatasetVersion | undefined;
}) {
  const before = new Map(previous?.profile.map(({ key, value }) => [key, value]));
  return (
    <Section title={dt('profile')}>
      <Panel>
        {version.profile.length === 0 && <Empty>{dt('noProfile')}</Empty>}
        <dl>
          {version.profile.map(({ key, value }) => {
            const old = before.get(key);
            return (
              <div
                key={key}
                className="grid min-h-7 grid-cols-[minmax(0,1fr)_auto] items-center gap-3 border-t border-line px-3 first:border-t-0"
              >
                <dt className="truncate font-mono text-12 text-ink-2">{key}</dt>
                <dd className="num text-12 font-medium">
                  {old !== undefined && old !== value && (
                    <span className="mr-2 font-normal text-ink-3">{dt('was', { value: old })}</span>
                  )}
                  {value}
                </dd>
              </div>
            );
          })}
        </dl>
      </Panel>
    </Section>
  );
}
