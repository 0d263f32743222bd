import { useNavigate, useSearch } from '@tanstack/react-router';
import { endpointUrl } from '#core/contract/client.ts';
import { Panel, Section } from '#ui/kit/Panel.tsx';
import { artifactFileQuery, type ArtifactDetail } from '../../api/artifacts.ts';
import { WORKSPACE } from '../../api/workspace.ts';
import { SealedFiles } from '../../parts/files/sealed-files.tsx';
import { Empty } from '../../parts/placeholders.tsx';
import { dt } from '../../text/datasets/translate.ts';
import { bytes } from '../../text/numbers.ts';

/** The files of a version; the first is open, as most hold one. */
export function ContentPanel({ version, content }: Pick<ArtifactDetail, 'version' | 'content'>) {
  const { file } = useSearch({ strict: false });
  const navigate = useNavigate();
  const { name, number, type } = version;
  const open = content?.fileList.find(({ path }) => path === file) ?? content?.fileList[0];
  const note = content && `${dt('files', { count: content.files })}, ${bytes(content.sizeBytes)}`;
  return (
    <Section title={dt('content')} note={note}>
      <Panel className="flex min-h-64 flex-col overflow-hidden">
        {content ? (
          <SealedFiles
            files={content.fileList}
            total={content.files}
            open={open?.path}
            onOpen={(path) =>
              void navigate({
                to: '/artifacts/$type/$artifact/v/$number',
                params: { type, artifact: name, number: String(number) },
                search: { file: path },
                replace: true,
              })
            }
            bytesOf={(path) => {
              const ask = { params: { type, name, number }, query: { path } };
              return {
                url: endpointUrl('getArtifactFile', ask, WORKSPACE),
                query: artifactFileQuery({ type, name }, number, path),
              };
            }}
          />
        ) : (
          <Empty>{dt('noContent')}</Empty>
        )}
      </Panel>
    </Section>
  );
}
