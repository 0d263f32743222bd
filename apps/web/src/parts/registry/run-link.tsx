import { Link } from '@tanstack/react-router';
import type { VersionRow } from '../../api/registry.ts';
import { projectSegment } from '../../shell/address/addresses.ts';
import { t } from '../../text/translate.ts';

/** `churn 471`: the run that made a version; a dash where none did, or it is not for whoever looks. */
export function RunLink({ run }: { readonly run: VersionRow['run'] }) {
  if (!run) return <span className="text-ink-3">—</span>;
  const { project, projectName, number, name } = run;
  const segment = projectSegment({ id: project, slug: '' });
  return (
    <Link
      to="/p/$project/runs/$number/{-$tab}"
      params={{ project: segment, number: String(number), tab: undefined }}
      title={t('home.runNamed', { name })}
      className="truncate rounded-control text-accent hover:underline"
    >
      {projectName} {number}
    </Link>
  );
}
