import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { uploadSuite } from '#storage/conformance/upload-suite.ts';
import { fsUploadStore } from './fs-upload-store.ts';

uploadSuite('blobs-fs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-uploads-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return { uploads: await fsUploadStore(folder), again: () => fsUploadStore(folder) };
});
