import { Complaint } from './explain.ts';

/** An artifact as it is written: TYPE/NAME, or TYPE/NAME@vN. */
export interface ArtifactRef {
  readonly type: string;
  readonly name: string;
  readonly number?: number;
}

/** @throws Complaint unless it reads TYPE/NAME or TYPE/NAME@vN; names may hold slashes. */
export function parseArtifactRef(text: string): ArtifactRef {
  const [, type, name, number] = /^([^/]+)\/(.+?)(?:@v?(\d{1,9}))?$/s.exec(text) ?? [];
  if (type === undefined || name === undefined) {
    throw new Complaint(`'${text}' names no artifact; one reads table/errors or table/errors@v3.`);
  }
  return { type, name, ...(number !== undefined && { number: Number(number) }) };
}
