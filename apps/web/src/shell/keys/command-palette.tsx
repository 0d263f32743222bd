import { useQuery } from '@tanstack/react-query';
import { useParams, useRouter } from '@tanstack/react-router';
import {
  Box,
  Database,
  Folder,
  House,
  KeyRound,
  Languages,
  LogOut,
  Settings,
  SunMoon,
  Zap,
} from 'lucide-react';
import { useCallback, useState, type ReactNode } from 'react';
import { CommandPalette as Palette, type Command } from '#ui/kit/CommandPalette.tsx';
import { Kbd } from '#ui/kit/Kbd.tsx';
import { Status } from '#ui/kit/Status.tsx';
import { matchText } from '#ui/kit/match.ts';
import { homeQuery, projectsQuery } from '../../api/queries.ts';
import { WORKSPACE_BASE } from '../../api/workspace.ts';
import { isServerAdmin, useSession } from '../../api/session.ts';
import { t } from '../../text/translate.ts';
import { boardHref, projectOfSegment, runHref } from '../address/addresses.ts';
import { useLanguage } from '../language.tsx';
import { logOut } from '../log-out.ts';
import { findModels } from './palette-models.ts';
import { findRuns, type FoundRun } from './palette-runs.ts';
import { closePalette, usePageCommands, useTypedAhead } from './palette-state.ts';
import { chooseTheme } from '../theme.ts';

interface Entry extends Command {
  readonly act: () => void;
  /** Where it leads, for those that lead somewhere: Ctrl+Enter opens it in a new tab. */
  readonly href?: string;
}

const MOST = 8;

/** Runs, then what can be done on this page, then everything else. */
export function CommandPalette() {
  const [query, setQuery] = useState('');
  useTypedAhead(useCallback((letters: string) => setQuery((before) => before + letters), []));
  const router = useRouter();
  const { project: segment } = useParams({ strict: false });
  const project = segment === undefined ? undefined : projectOfSegment(segment);
  const { data: projects = [] } = useQuery(projectsQuery);
  const { data: home } = useQuery(homeQuery);
  const runs = useQuery(findRuns(query, project, projects));
  const models = useQuery(findModels(query));
  const { language, choose } = useLanguage();
  const session = useSession();
  const nameOf = (id: string): string => projects.find((each) => each.id === id)?.name ?? id;

  const go = (path: string): Pick<Entry, 'act' | 'href'> => {
    const href = WORKSPACE_BASE + path;
    return { href, act: () => router.history.push(href) };
  };
  const recent = [...(home?.training ?? []), ...(home?.recent ?? [])].slice(0, MOST);
  const found: readonly FoundRun[] = query.trim() === '' ? recent : (runs.data ?? []);
  const runEntries = found.map((run): Entry => {
    const owner = projects.find((each) => each.id === run.project);
    return {
      id: run.id,
      title: `${nameOf(run.project)} ${run.number} ${run.name}`,
      icon: <Status status={run.status === 'scheduled' ? 'queued' : run.status} />,
      hint: t(`status.${run.status}`),
      ...go(runHref(owner ?? { id: run.project, slug: '' }, run.number)),
    };
  });
  const page = usePageCommands().map(({ key, label, act }): Entry => ({
    id: `page-${key}`,
    title: label,
    icon: <Zap size={14} strokeWidth={1.5} />,
    shortcut: key,
    act,
  }));
  const modelEntries = (query.trim() === '' ? [] : (models.data ?? [])).map((model): Entry => ({
    id: model.id,
    title: model.name,
    hint: model.production ? `v${model.production.version.number}` : '',
    icon: <Box size={14} strokeWidth={1.5} />,
    ...go(`/m/${encodeURIComponent(model.name)}`),
  }));
  const places: Entry[] = [
    { id: 'home', title: t('nav.home'), icon: <House size={14} strokeWidth={1.5} />, ...go('/') },
    {
      id: 'projects',
      title: t('nav.projects'),
      icon: <Folder size={14} strokeWidth={1.5} />,
      ...go('/projects'),
    },
    { id: 'models', title: t('nav.models'), icon: <Box size={14} strokeWidth={1.5} />, ...go('/models') },
    { id: 'data', title: t('nav.data'), icon: <Database size={14} strokeWidth={1.5} />, ...go('/datasets') },
    ...(session.account === undefined
      ? []
      : [
          {
            id: 'account',
            title: t('account.profile'),
            icon: <KeyRound size={14} strokeWidth={1.5} />,
            ...go('/account'),
          },
        ]),
    ...(isServerAdmin(session)
      ? [
          {
            id: 'admin',
            title: t('account.admin'),
            icon: <Settings size={14} strokeWidth={1.5} />,
            ...go('/admin'),
          },
        ]
      : []),
    ...projects.map((each): Entry => ({
      id: `project-${each.id}`,
      title: each.name,
      hint: t('board.runs', { count: each.runs }),
      icon: <Folder size={14} strokeWidth={1.5} />,
      ...go(boardHref(each)),
    })),
  ];
  const themes = (['light', 'dark', 'system'] as const).map((theme): Entry => ({
    id: `theme-${theme}`,
    title: `${t('theme.label')}: ${t(`theme.${theme}`)}`,
    icon: <SunMoon size={14} strokeWidth={1.5} />,
    act: () => chooseTheme(theme),
  }));
  const other = language === 'en' ? 'zh-CN' : 'en';
  const settings: Entry[] = [
    ...themes,
    {
      id: 'language',
      title: `${t('language.label')}: ${other === 'en' ? 'English' : '简体中文'}`,
      icon: <Languages size={14} strokeWidth={1.5} />,
      act: () => void choose(other),
    },
    ...(session.account === undefined
      ? []
      : [
          {
            id: 'log-out',
            title: t('account.logOut'),
            icon: <LogOut size={14} strokeWidth={1.5} />,
            act: () => void logOut(),
          },
        ]),
  ];
  const groups = [
    { title: t('palette.runs'), commands: runEntries },
    { title: t('nav.models'), commands: modelEntries },
    { title: t('palette.here'), commands: fitting(query, page) },
    { title: t('palette.go'), commands: fitting(query, places) },
    { title: t('palette.settings'), commands: fitting(query, settings) },
  ];
  return (
    <Palette
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) closePalette();
      }}
      query={query}
      onQueryChange={setQuery}
      groups={groups}
      onRun={(command, { inNewTab }) => {
        const { act, href } = command as Entry;
        closePalette();
        if (inNewTab && href !== undefined) window.open(href, '_blank', 'noopener');
        else act();
      }}
      label={t('palette.title')}
      placeholder={t('palette.placeholder')}
      emptyText={t('palette.none')}
      foot={
        <>
          <Hint keys={['↑', '↓']}>{t('palette.move')}</Hint>
          <Hint keys={['Enter']}>{t('palette.open')}</Hint>
          <Hint keys={['Ctrl Enter']}>{t('palette.newTab')}</Hint>
          <span className="flex-1" />
          <Hint keys={['?']}>{t('keys.title')}</Hint>
        </>
      }
    />
  );
}

function Hint({ keys, children }: { readonly keys: readonly string[]; readonly children: ReactNode }) {
  return (
    <span className="flex items-center gap-1">
      {keys.map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
      {children}
    </span>
  );
}

function fitting(query: string, entries: readonly Entry[]): Entry[] {
  return entries
    .map((entry) => ({ entry, score: matchText(query, entry.title)?.score }))
    .filter(({ score }) => score !== undefined)
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .slice(0, query.trim() === '' ? 12 : MOST)
    .map(({ entry }) => entry);
}
