import { blobSuite } from './blob-suite.ts';
import { commitSuite } from './commit-suite.ts';
import { fileSuite } from './file-suite.ts';
import { identitySuite } from './identity-suite.ts';
import { modelSuite } from './model-suite.ts';
import { projectSuite } from './project-suite.ts';
import { purgeSuite } from './purge-suite.ts';
import { runSuite } from './run-suite.ts';
import type { MakeStore } from './specify.ts';
import { seriesSuite } from './series-suite.ts';
import { sessionSuite } from './session-suite.ts';

/** Specifies `CatalogReader` and every change that it shows. */
export function catalogSuite(name: string, makeStore: MakeStore): void {
  projectSuite(name, makeStore);
  runSuite(name, makeStore);
  modelSuite(name, makeStore);
  fileSuite(name, makeStore);
  purgeSuite(name, makeStore);
}

/** Specifies all ports of a whole store. `makeStore` gives an empty one at each call. */
export function storeSuite(name: string, makeStore: MakeStore): void {
  catalogSuite(name, makeStore);
  identitySuite(name, makeStore);
  sessionSuite(name, makeStore);
  commitSuite(name, makeStore);
  seriesSuite(name, makeStore);
  blobSuite(name, async () => (await makeStore()).blobs);
}
