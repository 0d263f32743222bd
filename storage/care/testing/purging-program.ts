// A program for the tests above it: purges a project while another run logs, and tells when it is gone.
// Arguments: data directory, project.
import { LOCAL_OWNER } from '#core/tracking/access/principal.ts';
import { deleteProject } from '#core/tracking/projects/change-project.ts';
import { purgeProject } from '#core/tracking/projects/purge-project.ts';
import type { ProjectId } from '#core/domain/ids.ts';
import { openStore } from './stores.ts';

const [directory = '', id = ''] = process.argv.slice(2);
const project = id as ProjectId;
const store = await openStore(directory);
const ports = { ...store, clock: { now: () => Date.now() } };
const found = await store.catalog.project(project);
if (found && found.deletedAt === undefined) await deleteProject(ports, LOCAL_OWNER, { project });
process.stdout.write('begun\n');
if (found) await purgeProject(ports, LOCAL_OWNER, { project });
process.stdout.write('gone\n');
// What is left is tidied in the background, until the test ends this process.
setInterval(() => undefined, 1000);
