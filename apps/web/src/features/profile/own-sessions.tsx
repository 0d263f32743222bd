import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#ui/kit/Button.tsx';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { ownSessionsQuery, type OwnSessionJson } from '../../api/identity.ts';
import { server } from '../../api/server.ts';
import { ConfirmDialog } from '../../parts/forms/confirm-dialog.tsx';
import { FormError } from '../../parts/forms/form-error.tsx';
import { SkeletonRows } from '../../parts/placeholders.tsx';
import { useNow } from '../../parts/use-now.ts';
import { PageError } from '../../shell/page-error.tsx';
import { tt } from '../../text/team/translate.ts';
import { absolute, age } from '../../text/times.ts';
import { t } from '../../text/translate.ts';
import { browserName } from './browser-name.ts';

/** Where one is logged in, to end what one does not know. */
export function OwnSessions() {
  const { data: sessions, error, refetch } = useQuery(ownSessionsQuery);
  const client = useQueryClient();
  const [isEndingOthers, setEndingOthers] = useState(false);
  const reload = () => client.invalidateQueries({ queryKey: ownSessionsQuery.queryKey });
  const end = useMutation({
    mutationFn: (session: string) => server.endSession({ params: { session } }),
    onSettled: reload,
  });
  const hasOthers = sessions?.some(({ isCurrent }) => !isCurrent) ?? false;
  return (
    <Section
      title={tt('sessions.title')}
      end={
        hasOthers && (
          <Button look="danger" onClick={() => setEndingOthers(true)}>
            {tt('sessions.endOthers')}
          </Button>
        )
      }
    >
      <Panel>
        {error && <PageError error={error} onRetry={() => void refetch()} />}
        {!sessions && !error && <SkeletonRows rows={2} height={44} />}
        <ul aria-label={tt('sessions.title')}>
          {sessions?.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              isEnding={end.isPending && end.variables === session.id}
              onEnd={() => end.mutate(session.id)}
            />
          ))}
        </ul>
      </Panel>
      <FormError error={end.error} />
      {isEndingOthers && (
        <ConfirmDialog
          title={tt('sessions.endOthersTitle')}
          text={tt('sessions.endOthersText')}
          action={tt('sessions.endOthers')}
          onConfirm={async () => {
            await server.endOtherSessions({});
            await reload();
          }}
          onClose={() => setEndingOthers(false)}
        />
      )}
    </Section>
  );
}

interface SessionRowProps {
  readonly session: OwnSessionJson;
  readonly isEnding: boolean;
  readonly onEnd: () => void;
}

function SessionRow({ session, isEnding, onEnd }: SessionRowProps) {
  const now = useNow(30_000);
  const { agent, address, seenAt, createdAt, isCurrent } = session;
  const name = browserName(agent) ?? tt('sessions.unknown');
  const since = tt('sessions.since', { day: absolute(createdAt).slice(0, 10) });
  return (
    <li className="flex min-h-11 items-center gap-3 border-t border-line px-3 py-1.5 first:border-t-0">
      <span className="min-w-0 flex-1">
        <span className="block truncate text-13 font-medium" title={agent}>
          {name}
        </span>
        <span className="block truncate text-12 text-ink-3" title={absolute(createdAt)}>
          {address === undefined ? since : `${address} · ${since}`}
        </span>
      </span>
      <span className="text-12 text-ink-2" title={absolute(seenAt)}>
        {isCurrent ? tt('sessions.current') : t('time.ago', { age: age(seenAt, now) })}
      </span>
      {!isCurrent && (
        <Button
          look="danger"
          disabled={isEnding}
          onClick={onEnd}
          aria-label={`${tt('sessions.end')} ${name}`}
        >
          {tt('sessions.end')}
        </Button>
      )}
    </li>
  );
}
