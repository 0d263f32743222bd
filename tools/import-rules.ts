/*
 * Who may import whom: the table of docs/architecture.md as data, read by check-imports.ts.
 * A `*` in a folder stands for one path segment: each such folder is a layer of its own, so `storage/*` engines
 * and `protocols/*` wires do not see each other. The longest matching folder decides.
 */

export interface Layer {
  readonly folder: string;
  /** Layers whose files may be imported, folders below them included; a layer may always import itself. */
  readonly folders: readonly string[];
  /** npm packages and Node modules: `zod`, `@fastify/*`, `node:*`, or `type fastify` for its types alone. */
  readonly packages: readonly string[];
  /** What to do instead of a forbidden import, as the end of a sentence. */
  readonly instead: string;
}

/** Layers in which a file may import anything: they are not part of what runs in production. */
export const FREE_LAYERS = ['tests', 'bench', 'tools'];

/** Not covered by `node:*`: whoever uses it is named below. */
export const NAMED_ONLY = ['node:sqlite'];

/** Folders whose children are strangers to each other even inside one layer. */
export const STRANGERS = ['apps/web/src/features/*'];

/** Files that may be longer than the wall, each with its reason. */
export const LONG_FILES: Readonly<Record<string, string>> = {};

/** The walls, in lines. */
export const MAX_LINES = 400;
export const MAX_TEST_LINES = 600;

const PORT = 'say what is needed as a port in core/tracking/ports and let storage/ or apps/server bring it';
const USE_CASE = 'call a use-case of core/tracking, or write the one that is missing';
const PLAIN = 'take typed arrays and callbacks, and let apps/web connect them';
const CONTRACT = 'ask the server through core/contract';

const SCREEN_PACKAGES = ['react', 'radix-ui', 'lucide-react'];

export const LAYERS: readonly Layer[] = [
  { folder: 'core/domain', folders: [], packages: [], instead: PORT },
  { folder: 'core/signal', folders: [], packages: [], instead: PORT },
  { folder: 'core/query', folders: ['core/domain'], packages: ['re2js'], instead: PORT },
  {
    folder: 'core/tracking',
    folders: ['core/domain', 'core/query', 'core/signal'],
    packages: ['yaml'],
    instead: PORT,
  },
  {
    folder: 'core/contract',
    folders: ['core/domain'],
    packages: ['zod'],
    instead: 'describe it in the contract itself',
  },

  {
    folder: 'storage/sql',
    folders: ['core/domain', 'core/tracking/ports'],
    packages: ['kysely', 'pg', 'node:*', 'node:sqlite'],
    instead: 'move what needs it into the engine that needs it',
  },
  {
    folder: 'storage/catalog',
    folders: ['core/domain', 'core/query', 'core/signal', 'core/tracking/ports', 'storage/sql'],
    packages: ['kysely', 'node:*', 'node:sqlite'],
    instead: 'meet other engines at a port or in storage/sql',
  },
  {
    folder: 'storage/conformance',
    folders: ['core/domain', 'core/query', 'core/signal', 'core/tracking/ports', 'storage/memory'],
    packages: ['vitest', 'fast-check', 'node:*'],
    instead: 'let the engine under test be passed in',
  },
  {
    folder: 'storage/sql-store',
    folders: [
      'core/domain',
      'core/tracking/ports',
      'storage/sql',
      'storage/catalog',
      'storage/columns',
      'storage/series',
    ],
    packages: [],
    instead: 'leave what only one database has to its composition',
  },
  {
    folder: 'storage/postgres',
    folders: [
      'core/domain',
      'core/tracking/ports',
      'storage/sql',
      'storage/sql-store',
      'storage/embedded',
      'storage/blobs-fs',
    ],
    packages: ['pg', 'node:*'],
    instead: 'keep it to assembling engines: the work belongs in one of them',
  },
  {
    folder: 'storage/embedded',
    folders: [
      'core/domain',
      'core/tracking/ports',
      'storage/sql',
      'storage/sql-store',
      'storage/catalog',
      'storage/series',
      'storage/blobs-fs',
    ],
    packages: ['node:*', 'node:sqlite'],
    instead: 'keep it to assembling engines: the work belongs in one of them',
  },
  {
    folder: 'storage/care',
    folders: [
      'core/domain',
      'core/tracking/ports',
      'storage/sql',
      'storage/catalog',
      'storage/series',
      'storage/blobs-fs',
      'storage/embedded',
    ],
    packages: ['node:*', 'node:sqlite'],
    instead: 'keep it to looking at stores from outside: the work belongs in the engine',
  },
  {
    folder: 'storage/transfer',
    folders: [
      'core/domain',
      'storage/sql',
      'storage/blobs-fs',
      'storage/embedded',
      'storage/postgres',
      'storage/care',
    ],
    packages: ['node:*'],
    instead: 'keep it to moving rows and files: what they mean is the engines’ affair',
  },
  {
    folder: 'storage/*',
    folders: ['core/domain', 'core/query', 'core/signal', 'core/tracking/ports', 'storage/sql'],
    packages: ['node:*'],
    instead: 'meet other engines at a port or in storage/sql',
  },

  {
    folder: 'protocols/edge',
    folders: ['core/domain', 'core/tracking'],
    packages: ['type fastify', 'mime-types', 'zod', 'node:*'],
    instead: USE_CASE,
  },
  {
    folder: 'protocols/native',
    folders: ['core/domain', 'core/tracking', 'core/contract', 'protocols/edge'],
    packages: ['type fastify', 'type @fastify/websocket', 'type ws', 'mime-types', 'zod', 'node:*'],
    instead: USE_CASE,
  },
  {
    folder: 'protocols/*',
    folders: ['core/domain', 'core/tracking', 'core/query', 'protocols/edge'],
    packages: ['type fastify', 'mime-types', 'zod', 'node:*'],
    instead: USE_CASE,
  },
  {
    folder: 'importers/*',
    folders: ['core/domain', 'core/tracking'],
    packages: ['node:*'],
    instead: USE_CASE,
  },

  { folder: 'ui/charts', folders: ['core/signal'], packages: [], instead: PLAIN },
  { folder: 'ui/charts/react', folders: ['core/signal', 'ui/charts'], packages: ['react'], instead: PLAIN },
  {
    folder: 'ui/kit',
    folders: ['core/signal'],
    packages: [...SCREEN_PACKAGES, '@tanstack/react-virtual', 'get-nonce'],
    instead: PLAIN,
  },

  {
    folder: 'sdks/typescript',
    folders: ['core/contract'],
    packages: ['node:*'],
    instead: 'keep the SDK free of dependencies: it runs in other people’s programs',
  },

  {
    folder: 'apps/web',
    folders: ['core/contract', 'core/signal', 'core/query', 'sdks/typescript', 'ui'],
    packages: [
      ...SCREEN_PACKAGES,
      'react-dom',
      '@tanstack/*',
      'zod',
      'get-nonce',
      '@fontsource-variable/inter',
      '@dagrejs/dagre',
      'diff',
    ],
    instead: CONTRACT,
  },
  {
    folder: 'apps/cli',
    folders: [
      'core/domain',
      'core/contract',
      'core/query',
      'sdks/typescript',
      'importers',
      'storage/care',
      'storage/transfer',
      'apps/server',
    ],
    packages: ['commander', 'node:*'],
    instead: CONTRACT,
  },
  {
    folder: 'apps/demo',
    folders: ['sdks/typescript', 'core/signal'],
    packages: ['node:*'],
    instead: 'log through the SDK as a user would',
  },
  {
    folder: 'apps/server',
    folders: ['core', 'storage', 'protocols', 'importers'],
    packages: ['fastify', '@fastify/*', 'pino', 'prom-client', 'rate-limiter-flexible', 'zod', 'node:*'],
    instead: 'keep the server to composition: bring it in through an engine or a wire',
  },
];
