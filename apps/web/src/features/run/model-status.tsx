import type { LoggedModelJson } from '#core/contract/schemas.ts';
import { Status } from '#ui/kit/Status.tsx';
import { t } from '../../text/translate.ts';

const KINDS = { ready: 'finished', pending: 'queued', upload_failed: 'failed' } as const;

export function ModelStatus({ status }: { readonly status: LoggedModelJson['status'] }) {
  return <Status status={KINDS[status]}>{t(`run.${status}`)}</Status>;
}
