import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Box, Contrast, Database, Folder, House, Languages, PanelLeft, Settings } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { projectsQuery } from '../api/queries.ts';
import { isServerAdmin, useSession } from '../api/session.ts';
import { t } from '../text/translate.ts';
import { count } from '../text/numbers.ts';
import { projectOfSegment, projectSegment } from './address/addresses.ts';
import { useLanguage } from './language.tsx';
import { Logo } from './logo.tsx';
import { WorkspaceMenuHost } from './workspaces/workspace-menu-host.tsx';
import { chooseTheme, nextTheme, storedTheme } from './theme.ts';

const AccountMenu = lazy(async () => ({ default: (await import('./account-menu.tsx')).AccountMenu }));
const SHOWN_PROJECTS = 12;
const item =
  'flex h-7 shrink-0 items-center gap-2 whitespace-nowrap rounded-control text-ink-2 hover:text-ink aria-[current=page]:bg-sunk aria-[current=page]:font-medium aria-[current=page]:text-ink';

export function Navigation({
  isRail,
  onToggle,
}: {
  readonly isRail: boolean;
  readonly onToggle: () => void;
}) {
  const place = isRail ? 'w-8 justify-center' : 'px-2';
  const session = useSession();
  return (
    <nav
      aria-label={t('nav.main')}
      className={`flex min-h-0 flex-col overflow-y-auto border-r border-line px-2 max-sm:hidden ${isRail ? 'items-center' : ''}`}
    >
      <Link
        to="/"
        aria-label="Cairn"
        className={`flex h-[var(--topbar)] shrink-0 items-center gap-2 rounded-control text-14 font-semibold ${place}`}
      >
        <Logo />
        {!isRail && 'Cairn'}
      </Link>
      <WorkspaceMenuHost
        triggerClass={`${item} ${place} mb-1 min-w-0 cursor-pointer border border-line`}
        isIconOnly={isRail}
      />
      <Entry to="/" icon={<House size={16} strokeWidth={1.5} />} label={t('nav.home')} isRail={isRail} />
      <Entry
        to="/projects"
        icon={<Folder size={16} strokeWidth={1.5} />}
        label={t('nav.projects')}
        isRail={isRail}
      />
      {!isRail && <Projects />}
      <Entry
        to="/models"
        icon={<Box size={16} strokeWidth={1.5} />}
        label={t('nav.models')}
        isRail={isRail}
      />
      <Entry
        to="/datasets"
        icon={<Database size={16} strokeWidth={1.5} />}
        label={t('nav.data')}
        isRail={isRail}
      />
      <div className="flex-1" />
      <div
        className={`flex shrink-0 flex-col py-2 ${isRail ? 'items-center' : '-mx-2 border-t border-line px-2'}`}
      >
        {isServerAdmin(session) && (
          <Link
            to="/admin/{-$part}"
            params={{ part: undefined }}
            activeOptions={{ exact: false }}
            activeProps={{ 'aria-current': 'page' }}
            aria-label={t('account.admin')}
            title={isRail ? t('account.admin') : undefined}
            className={`${item} ${place}`}
          >
            <Settings size={16} strokeWidth={1.5} />
            {!isRail && t('account.admin')}
          </Link>
        )}
        {session.account && (
          <Suspense fallback={<span className="h-7" />}>
            <AccountMenu triggerClass={`${item} ${place} min-w-0 cursor-pointer`} isIconOnly={isRail} />
          </Suspense>
        )}
        <LanguageButton isRail={isRail} />
        <ThemeButton isRail={isRail} />
        <button
          type="button"
          onClick={onToggle}
          className={`${item} ${place}`}
          title={isRail ? t('nav.expand') : t('nav.collapse')}
          aria-label={isRail ? t('nav.expand') : t('nav.collapse')}
        >
          <PanelLeft size={16} strokeWidth={1.5} />
          {!isRail && t('nav.collapse')}
        </button>
      </div>
    </nav>
  );
}

function Entry({
  to,
  icon,
  label,
  isRail,
}: {
  readonly to: '/' | '/projects' | '/models' | '/datasets';
  readonly icon: ReactNode;
  readonly label: string;
  readonly isRail: boolean;
}) {
  return (
    <Link
      to={to}
      activeOptions={{ exact: true }}
      activeProps={{ 'aria-current': 'page' }}
      aria-label={label}
      title={isRail ? label : undefined}
      className={`${item} ${isRail ? 'w-8 justify-center' : 'px-2'}`}
    >
      {icon}
      {!isRail && label}
    </Link>
  );
}

function Projects() {
  const { data: projects = [] } = useQuery(projectsQuery);
  const { project: segment } = useParams({ strict: false });
  const open = segment === undefined ? undefined : projectOfSegment(segment);
  // The project that every server has is worth a place once something is in it.
  const used = projects.filter(({ id, runs }) => id !== '0' || runs > 0);
  return used.slice(0, SHOWN_PROJECTS).map((project) => (
    <Link
      key={project.id}
      to="/p/$project/runs"
      params={{ project: projectSegment(project) }}
      {...(open === project.id && { 'aria-current': 'page' as const })}
      className={`${item} pl-8 pr-2 text-ink-3`}
    >
      <span className="truncate">{project.name}</span>
      <span className="ml-auto text-11 text-ink-3">{count(project.runs)}</span>
    </Link>
  ));
}

function ThemeButton({ isRail }: { readonly isRail: boolean }) {
  const [theme, setTheme] = useState(storedTheme);
  const words = { light: t('theme.light'), dark: t('theme.dark'), system: t('theme.system') };
  const label = `${t('theme.label')}: ${words[theme]}`;
  const choose = (): void => {
    const next = nextTheme(theme);
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <button
      type="button"
      onClick={choose}
      {...(isRail && { 'aria-label': label, title: label })}
      className={`${item} ${isRail ? 'w-8 justify-center' : 'px-2'}`}
    >
      <Contrast size={16} strokeWidth={1.5} />
      {!isRail && (
        <>
          {t('theme.label')}
          <span className="ml-auto text-11 text-ink-3">{words[theme]}</span>
        </>
      )}
    </button>
  );
}

function LanguageButton({ isRail }: { readonly isRail: boolean }) {
  const { language, choose } = useLanguage();
  const other = language === 'en' ? 'zh-CN' : 'en';
  const label = other === 'en' ? 'English' : '简体中文';
  return (
    <button
      type="button"
      onClick={() => void choose(other)}
      lang={other}
      aria-label={label}
      title={label}
      className={`${item} ${isRail ? 'w-8 justify-center' : 'px-2'}`}
    >
      <Languages size={16} strokeWidth={1.5} />
      {!isRail && label}
    </button>
  );
}
