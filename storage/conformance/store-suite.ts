import { producedSuite } from './produced-suite.ts';
import { artifactSuite } from './artifact-suite.ts';
import { blobSuite } from './blob-suite.ts';
import { commitSuite } from './commit-suite.ts';
import { evaluationSuite } from './evaluation-suite.ts';
import { fileSuite } from './file-suite.ts';
import { holderSuite } from './holder-suite.ts';
import { identitySuite } from './identity-suite.ts';
import { lineageSuite } from './lineage-suite.ts';
import { modelSuite } from './model-suite.ts';
import { projectSuite } from './project-suite.ts';
import { promotionSuite } from './promotion-suite.ts';
import { purgeSuite } from './purge-suite.ts';
import { registeringSuite } from './registering-suite.ts';
import { registryLogSuite } from './registry-log-suite.ts';
import { registryPurgeSuite } from './registry-purge-suite.ts';
import { registrySuite } from './registry-suite.ts';
import { runSuite } from './run-suite.ts';
import type { MakeStore } from './specify.ts';
import { seriesSuite } from './series-suite.ts';
import { sessionSuite } from './session-suite.ts';
import { versionSuite } from './version-suite.ts';
import { workspaceSuite } from './workspace-suite.ts';

/** Specifies `CatalogReader` and every change that it shows. */
export function catalogSuite(name: string, makeStore: MakeStore): void {
  workspaceSuite(name, makeStore);
  projectSuite(name, makeStore);
  runSuite(name, makeStore);
  modelSuite(name, makeStore);
  fileSuite(name, makeStore);
  purgeSuite(name, makeStore);
}

/** Specifies `RegistryReader` and every change that it shows. */
export function registrySuites(name: string, makeStore: MakeStore): void {
  registrySuite(name, makeStore);
  registeringSuite(name, makeStore);
  versionSuite(name, makeStore);
  holderSuite(name, makeStore);
  promotionSuite(name, makeStore);
  evaluationSuite(name, makeStore);
  registryLogSuite(name, makeStore);
  artifactSuite(name, makeStore);
  producedSuite(name, makeStore);
  lineageSuite(name, makeStore);
  registryPurgeSuite(name, makeStore);
}

/** Specifies all ports of a whole store. `makeStore` gives an empty one at each call. */
export function storeSuite(name: string, makeStore: MakeStore): void {
  catalogSuite(name, makeStore);
  registrySuites(name, makeStore);
  identitySuite(name, makeStore);
  sessionSuite(name, makeStore);
  commitSuite(name, makeStore);
  seriesSuite(name, makeStore);
  blobSuite(name, async () => (await makeStore()).blobs);
}
