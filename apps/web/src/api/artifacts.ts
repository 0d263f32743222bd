import { queryOptions } from '@tanstack/react-query';
import type { Client } from '#core/contract/client.ts';
import { server } from './server.ts';

export type ArtifactRow = Awaited<ReturnType<Client['listArtifacts']>>['artifacts'][number];
export type ArtifactDetail = Awaited<ReturnType<Client['getArtifactVersion']>>;

/** An artifact by its type and name. */
export interface ArtifactName {
  readonly type: string;
  readonly name: string;
}

/** Last made first. */
export const artifactsQuery = (type: string) =>
  queryOptions({
    queryKey: ['artifacts', type],
    queryFn: async ({ signal }) => (await server.listArtifacts({ params: { type } }, { signal })).artifacts,
  });

/** Newest first. */
export const artifactVersionsQuery = ({ type, name }: ArtifactName) =>
  queryOptions({
    queryKey: ['artifacts', type, name],
    queryFn: ({ signal }) => server.listArtifactVersions({ params: { type, name } }, { signal }),
  });

export const artifactVersionQuery = ({ type, name }: ArtifactName, number: number) =>
  queryOptions({
    queryKey: ['artifacts', type, name, number],
    queryFn: ({ signal }) => server.getArtifactVersion({ params: { type, name, number } }, { signal }),
  });

/** Bytes of a sealed file: they never change. */
export const artifactFileQuery = ({ type, name }: ArtifactName, number: number, path: string) =>
  queryOptions({
    queryKey: ['sealed-file', type, name, number, path],
    queryFn: ({ signal }) =>
      server.getArtifactFile({ params: { type, name, number }, query: { path } }, { signal }),
    staleTime: Infinity,
  });
