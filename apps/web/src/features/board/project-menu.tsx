import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { IconButton } from '#ui/kit/Button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#ui/kit/Menu.tsx';
import { server } from '../../api/server.ts';
import { isAtLeast, roleOf, useSession } from '../../api/session.ts';
import { messageOf } from '../../shell/page-error.tsx';
import { showToast } from '../../shell/toasts.tsx';
import { t } from '../../text/translate.ts';

/** What concerns the project as a whole. */
export function ProjectMenu({
  id,
  segment,
  name,
}: {
  readonly id: string;
  readonly segment: string;
  readonly name: string;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const session = useSession();
  const role = roleOf(session, id);
  const ask = { params: { project: id } };
  const restore = async (): Promise<void> => {
    await server.restoreProject(ask);
    await client.invalidateQueries();
  };
  const remove = async (): Promise<void> => {
    try {
      await server.deleteProject(ask);
    } catch (error) {
      showToast(messageOf(error));
      return;
    }
    await navigate({ to: '/projects' });
    await client.invalidateQueries();
    showToast(t('project.deletedToast', { name }), {
      label: t('action.undo'),
      act: () => void restore().catch((error: unknown) => showToast(messageOf(error))),
    });
  };
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={t('project.menu')}>
          <Ellipsis size={16} strokeWidth={1.5} aria-hidden="true" />
        </IconButton>
      }
    >
      {session.mode === 'team' && isAtLeast(role, 'admin') && (
        <MenuItem asChild>
          <Link to="/p/$project/access" params={{ project: segment }}>
            {t('project.access')}
          </Link>
        </MenuItem>
      )}
      <MenuItem asChild>
        <Link to="/p/$project/deleted" params={{ project: segment }}>
          {t('deleted.runs')}
        </Link>
      </MenuItem>
      {isAtLeast(role, 'editor') && id !== DEFAULT_PROJECT && (
        <>
          <MenuSeparator />
          <MenuItem isDanger onSelect={() => void remove()}>
            {t('project.delete')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

/** The one that every server has cannot be deleted. */
const DEFAULT_PROJECT = '0';
