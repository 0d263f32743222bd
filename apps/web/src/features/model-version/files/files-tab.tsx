import { endpointUrl } from '#core/contract/client.ts';
import { versionFileQuery, type VersionDetail } from '../../../api/registry.ts';
import { WORKSPACE } from '../../../api/workspace.ts';
import { SealedFiles } from '../../../parts/files/sealed-files.tsx';
import { Empty } from '../../../parts/placeholders.tsx';
import { rt } from '../../../text/registry/translate.ts';
import { versionRoute } from '../route.ts';

/** What was sealed at registration, by digest; MLmodel is open, as it says what the rest is. */
export function FilesTab({ version }: { readonly version: VersionDetail }) {
  const search = versionRoute.useSearch();
  const navigate = versionRoute.useNavigate();
  const { fileList, files = 0, model, number } = version;
  if (fileList.length === 0) return <Empty>{rt('files.none')}</Empty>;
  return (
    <SealedFiles
      files={fileList}
      total={files}
      open={search.file}
      onOpen={(file) => void navigate({ search: { file }, replace: true })}
      bytesOf={(path) => {
        const ask = { params: { model: model.name, version: number }, query: { path } };
        return {
          url: endpointUrl('readVersionFile', ask, WORKSPACE),
          query: versionFileQuery(model.name, number, path),
        };
      }}
    />
  );
}
