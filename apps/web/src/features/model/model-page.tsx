import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ApiError } from '#core/contract/client.ts';
import { useLive } from '../../api/live.ts';
import { modelQuery } from '../../api/registry.ts';
import { RegistryLog } from '../../parts/registry/registry-log.tsx';
import { Missing } from '../../shell/missing-page.tsx';
import { PageError } from '../../shell/page-error.tsx';
import { Crumbs, useTitle } from '../../shell/top-bar-slots.tsx';
import { rt } from '../../text/registry/translate.ts';
import { t } from '../../text/translate.ts';
import { ModelHead } from './model-head.tsx';
import { ModelSkeleton } from './model-skeleton.tsx';
import { MODEL_TABS, modelRoute } from './route.ts';
import { VersionsTab } from './versions/versions-tab.tsx';
import { PageBody } from '../../parts/page-body.tsx';

const GatesTab = lazy(async () => ({ default: (await import('./gates/gates-tab.tsx')).GatesTab }));

/** A registered model: who holds which name, who held it when, and its versions. */
export function ModelPage() {
  const { model, tab } = modelRoute.useParams();
  const found = useQuery(modelQuery(model));
  const page = found.data;
  useTitle(found.error ? undefined : model);
  useLive({ registry: true });
  const open = MODEL_TABS.find((known) => known === (tab ?? 'versions'));
  if (found.error instanceof ApiError && found.error.status === 404) {
    return <Missing text={rt('missing.model', { model })} />;
  }
  if (!open) return <Missing text={t('missing.text', { path: location.pathname })} />;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Crumbs>
        <Link to="/models" className="text-ink-2 hover:text-ink">
          {t('nav.models')}
        </Link>
        <span className="text-ink-3">/</span>
        <b className="truncate font-semibold">{model}</b>
      </Crumbs>
      {found.error ? (
        <PageError error={found.error} onRetry={() => void found.refetch()} />
      ) : !page ? (
        <ModelSkeleton />
      ) : (
        <>
          <ModelHead page={page} open={open} />
          <Suspense>
            {open === 'versions' && <VersionsTab page={page} />}
            {open === 'gates' && <GatesTab model={page.model} />}
            {open === 'activity' && (
              <PageBody label={rt('model.tab.activity')}>
                <RegistryLog model={model} />
              </PageBody>
            )}
          </Suspense>
        </>
      )}
    </div>
  );
}
