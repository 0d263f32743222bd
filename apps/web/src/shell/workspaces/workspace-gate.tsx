import { useQuery } from '@tanstack/react-query';
import { useLocation, useParams } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { projectQuery } from '../../api/queries.ts';
import { useSession } from '../../api/session.ts';
import { addressIn } from '../../api/workspace.ts';
import { workspacesQuery } from '../../api/workspaces.ts';
import { t } from '../../text/translate.ts';
import { projectOfSegment } from '../address/addresses.ts';
import { PageError } from '../page-error.tsx';
import { isKnown, standingIn } from './gate.ts';

/** Lets nobody into a workspace that is not there for him, and leads to the one that a thing is in. */
export function WorkspaceGate({
  workspace,
  children,
}: {
  readonly workspace: string;
  readonly children: ReactNode;
}) {
  const session = useSession();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const {
    data: seen,
    error,
    refetch,
  } = useQuery({ ...workspacesQuery, enabled: !isKnown(session, workspace) });
  const standing = standingIn(workspace, { session, path, seen });
  const elsewhere = standing.kind === 'elsewhere' ? standing.workspace : undefined;
  useEffect(() => {
    if (elsewhere !== undefined) location.replace(addressIn(elsewhere));
  }, [elsewhere]);
  if (standing.kind === 'open') {
    return (
      <>
        <ProjectsOwnAddress workspace={workspace} />
        {children}
      </>
    );
  }
  if (standing.kind === 'missing') return <NoWorkspace workspace={workspace} seen={seen ?? []} />;
  return error ? <PageError error={error} onRetry={() => void refetch()} /> : null;
}

/** A project's id says all: an address of it in another workspace leads to its own. */
function ProjectsOwnAddress({ workspace }: { readonly workspace: string }) {
  const { project: segment } = useParams({ strict: false });
  const id = segment === undefined ? '' : projectOfSegment(segment);
  const { data } = useQuery({ ...projectQuery(id), enabled: segment !== undefined });
  const { pathname, searchStr, hash } = useLocation();
  const own = data?.workspace;
  useEffect(() => {
    if (own === undefined || own === workspace) return;
    location.replace(addressIn(own, pathname + searchStr + (hash === '' ? '' : `#${hash}`)));
  }, [own, workspace, pathname, searchStr, hash]);
  return null;
}

function NoWorkspace({
  workspace,
  seen,
}: {
  readonly workspace: string;
  readonly seen: readonly { readonly id: string; readonly name: string }[];
}) {
  const [first] = seen;
  return (
    <main className="p-[var(--gutter)]">
      <title>{`${t('missing.title')} · Cairn`}</title>
      <h1 className="mt-6 text-20 font-semibold">{t('missing.title')}</h1>
      <p className="mt-1 text-14 text-ink-2">{t('workspace.missing', { name: workspace })}</p>
      <Button asChild className="mt-4">
        <a href={addressIn(first?.id ?? 'default')}>
          {first ? t('workspace.go', { name: first.name }) : t('missing.home')}
        </a>
      </Button>
    </main>
  );
}
