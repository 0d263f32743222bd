export type FileKind = 'text' | 'json' | 'table' | 'image' | 'html' | 'other';

const ENDINGS: Readonly<Record<string, FileKind>> = {
  json: 'json',
  csv: 'table',
  tsv: 'table',
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  gif: 'image',
  webp: 'image',
  avif: 'image',
  bmp: 'image',
  svg: 'image',
  html: 'html',
  htm: 'html',
  pkl: 'other',
  pt: 'other',
  bin: 'other',
  npy: 'other',
  npz: 'other',
  zip: 'other',
  gz: 'other',
  parquet: 'other',
  safetensors: 'other',
  onnx: 'other',
  h5: 'other',
};

/** By the ending; what is not known is tried as text, and its bytes have the last word. */
export function fileKind(path: string): FileKind {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return ENDINGS[ending] ?? 'text';
}

/** Undefined when the bytes are no text. */
export function textOfBytes(bytes: ArrayBuffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Indented, where it is JSON; as it is, where it only says so. */
export function readableJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Rows of RFC 4180, at most so many; quotes may hold separators and line ends. */
export function parseTable(
  text: string,
  separator: string,
  limit: number,
): { rows: string[][]; total: number } {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  let total = 0;
  const endRow = (): void => {
    row.push(cell);
    if (total < limit) rows.push(row);
    total += 1;
    row = [];
    cell = '';
  };
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i] as string;
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else isQuoted = false;
    } else if (letter === '"' && cell === '') isQuoted = true;
    else if (letter === separator) {
      row.push(cell);
      cell = '';
    } else if (letter === '\n') endRow();
    else if (letter !== '\r') cell += letter;
  }
  if (cell !== '' || row.length > 0) endRow();
  return { rows, total };
}
