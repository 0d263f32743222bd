import { workspaceId } from '#core/domain/ids.ts';
import { artifactDetail, type RunInRole } from '#core/tracking/artifacts/artifact-detail.ts';
import { listArtifacts, listArtifactVersions } from '#core/tracking/artifacts/list-artifacts.ts';
import { openArtifactFile } from '#core/tracking/artifacts/open-artifact-file.ts';
import { sendFile } from '#protocols/edge/download.ts';
import type { Operations } from '../operation.ts';
import { presentArtifactVersion } from '../present.ts';

type Name = 'listArtifacts' | 'listArtifactVersions' | 'getArtifactVersion' | 'getArtifactFile';

export const artifactOperations: Pick<Operations, Name> = {
  listArtifacts: async ({ ports, principal, params, query }) => {
    const { limit, workspace } = query;
    const ask = { ...params, workspace: workspaceId(workspace), limit };
    const { isMore, rows } = await listArtifacts(ports, principal, ask);
    return {
      isMore,
      artifacts: rows.map(({ latest, versions }) => ({ latest: presentArtifactVersion(latest), versions })),
    };
  },

  listArtifactVersions: async ({ ports, principal, params, query: { limit, workspace } }) => {
    const ask = { ...params, workspace: workspaceId(workspace), limit };
    const { total, versions } = await listArtifactVersions(ports, principal, ask);
    return { versions: versions.map(presentArtifactVersion), total };
  },

  getArtifactVersion: async ({ ports, principal, params, query }) => {
    const { after, workspace } = query;
    const ask = { ...params, workspace: workspaceId(workspace), ...(after !== undefined && { after }) };
    const { artifact, content, isMore, makers, users } = await artifactDetail(ports, principal, ask);
    return {
      version: presentArtifactVersion(artifact),
      ...(content && {
        content: { ...content, fileList: content.fileList.map((file) => ({ ...file })) },
      }),
      madeBy: makers.map(presentRun),
      usedBy: users.map(presentRun),
      isMore,
    };
  },

  getArtifactFile: async ({ ports, principal, params, query: { path, workspace }, reply }) =>
    sendFile(
      reply,
      await openArtifactFile(ports, principal, { ...params, workspace: workspaceId(workspace), path }),
    ),
};

function presentRun({ chip, role }: RunInRole) {
  return { ...chip, role };
}
