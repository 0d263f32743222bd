import { lazy, Suspense } from 'react';
import { Status } from '#ui/kit/Status.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import type { VersionDetail } from '../../../api/registry.ts';
import { OpenPromotions } from '../../../parts/registry/open-promotions.tsx';
import { rt } from '../../../text/registry/translate.ts';
import { absolute } from '../../../text/times.ts';
import { GRID } from '../layout.ts';
import { PerformancePanel } from '../performance/performance-panel.tsx';
import { ChecksPanel } from './checks-panel.tsx';
import { FactStrip } from './fact-strip.tsx';
import { LoadPanel } from './load-panel.tsx';
import { MetricsPanel } from './metrics-panel.tsx';
import { OriginPanel } from './origin-panel.tsx';
import { PackagePanel } from './package-panel.tsx';
import { ParamsPanel } from './params-panel.tsx';
import { SignaturePanel } from './signature-panel.tsx';
import { WordsPanel } from './words-panel.tsx';
import { PageBody } from '../../../parts/page-body.tsx';

const LineagePanel = lazy(async () => ({
  default: (await import('../lineage/lineage-panel.tsx')).LineagePanel,
}));
/** Kept free while the graph is on its way. */
const LINEAGE_HEIGHT = 240;

/** The whole origin on one screen. */
export function SummaryTab({ version }: { readonly version: VersionDetail }) {
  return (
    <PageBody label={rt('version.tab.summary')}>
      <Notices version={version} />
      <FactStrip version={version} />
      <div className={GRID}>
        <div className="flex min-w-0 flex-col gap-3">
          <PerformancePanel version={version} />
          <Suspense
            fallback={
              <Section title={rt('lineage.title')}>
                <Panel style={{ height: LINEAGE_HEIGHT }}>{null}</Panel>
              </Section>
            }
          >
            <LineagePanel version={version} height={LINEAGE_HEIGHT} />
          </Suspense>
          <PackagePanel version={version} />
          <LoadPanel version={version} />
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <WordsPanel version={version} />
          <ParamsPanel version={version} />
          <MetricsPanel version={version} />
          <SignaturePanel version={version} />
          <ChecksPanel version={version} />
          <OriginPanel version={version} />
        </div>
      </div>
    </PageBody>
  );
}

/** What must be known before anything else is read. */
function Notices({ version }: { readonly version: VersionDetail }) {
  const { deprecated, isTreeChanged, promotions, model } = version;
  return (
    <div className="flex flex-col gap-2 not-empty:mb-3">
      {deprecated && (
        <p role="status" className={NOTICE}>
          <Status status="warning">{rt('deprecate.notice')}</Status>
          <span className="text-ink-2">{deprecated.reason}</span>
          <span className="text-12 text-ink-3">{absolute(deprecated.at)}</span>
        </p>
      )}
      {isTreeChanged && (
        <p role="status" className={NOTICE}>
          <Status status="warning">{rt('version.treeChanged')}</Status>
          <span className="text-12 text-ink-3">{rt('version.treeChangedText')}</span>
        </p>
      )}
      <OpenPromotions promotions={promotions} mayWrite={model.may.write} />
    </div>
  );
}

const NOTICE =
  'flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 rounded-panel border border-line bg-panel px-3 py-1.5';
