import type { ModelPageJson } from '../../../api/registry.ts';
import { OpenPromotions } from '../../../parts/registry/open-promotions.tsx';
import { rt } from '../../../text/registry/translate.ts';
import { FigureDots } from '../dots/figure-dots.tsx';
import { LanesPanel } from '../lanes/lanes-panel.tsx';
import { AliasesPanel } from './aliases-panel.tsx';
import { VersionsPanel } from './versions-panel.tsx';
import { PageBody } from '../../../parts/page-body.tsx';

/** Who has which name, where each version ran, how each did, and all of them. */
export function VersionsTab({ page }: { readonly page: ModelPageJson }) {
  return (
    <PageBody label={rt('model.tab.versions')} isStack>
      {page.promotions.some(({ status }) => status === 'open') && (
        <div className="flex flex-col gap-2">
          <OpenPromotions promotions={page.promotions} mayWrite={page.model.may.write} />
        </div>
      )}
      <AliasesPanel page={page} />
      <div className="grid shrink-0 gap-4 xl:grid-cols-[minmax(0,1fr)_512px]">
        <LanesPanel page={page} />
        <FigureDots page={page} />
      </div>
      <VersionsPanel page={page} />
    </PageBody>
  );
}
