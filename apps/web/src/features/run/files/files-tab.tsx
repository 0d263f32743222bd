import type { RunJson } from '#core/contract/schemas.ts';
import { FileBrowser } from './file-browser.tsx';
import { runRoute } from '../route.ts';

/** The run's files; the open one stands in the address. */
export function FilesTab({ run }: { readonly run: RunJson }) {
  const { file } = runRoute.useSearch();
  const navigate = runRoute.useNavigate();
  return (
    <FileBrowser
      owner={{ kind: 'run', id: run.id }}
      open={file}
      onOpen={(path) => void navigate({ search: { file: path }, replace: true })}
    />
  );
}
