import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { ApiError } from '#core/contract/client.ts';
import { versionQuery } from '../../api/registry.ts';
import { SkeletonRows } from '../../parts/placeholders.tsx';
import { Missing } from '../../shell/missing-page.tsx';
import { PageError } from '../../shell/page-error.tsx';
import { rt } from '../../text/registry/translate.ts';
import { aliasRoute } from './route.ts';

/** Asks who has the alias now and goes there. */
export function AliasPage() {
  const { model, alias } = aliasRoute.useParams();
  const found = useQuery({ ...versionQuery(model, `@${alias}`), staleTime: 0 });
  if (found.error instanceof ApiError && found.error.status === 404) {
    return <Missing text={rt('missing.alias', { model, alias })} />;
  }
  if (found.error) return <PageError error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) {
    return (
      <div className="p-(--gutter)">
        <SkeletonRows rows={8} height={40} />
      </div>
    );
  }
  const number = String(found.data.number);
  return <Navigate to="/m/$model/v/$number/{-$tab}" params={{ model, number, tab: undefined }} replace />;
}
