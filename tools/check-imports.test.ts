import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkImports } from './check-imports.ts';

const trees: string[] = [];

/** A checkout in a directory of its own: path → text. */
function tree(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'cairn-tree-'));
  trees.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const violations = (files: Record<string, string>) => checkImports(tree(files)).violations;

afterEach(() => {
  for (const root of trees.splice(0)) rmSync(root, { recursive: true });
});

const PORT = 'say what is needed as a port in core/tracking/ports and let storage/ or apps/server bring it';
const USE_CASE = 'call a use-case of core/tracking, or write the one that is missing';

test('a tree that keeps the rules has no violations', () => {
  const report = checkImports(
    tree({
      'core/domain/run.ts': "import type { RunId } from './ids.ts';",
      'core/query/parse.ts': "import { RE2JS } from 're2js';\nimport { Fault } from '#core/domain/fault.ts';",
      'storage/catalog/runs.ts': "import { DatabaseSync } from 'node:sqlite';\nimport { sql } from 'kysely';",
      'protocols/mlflow/create-run.ts': "import type { FastifyInstance } from 'fastify';",
      'protocols/mlflow/wire/run.ts':
        "import { z } from 'zod';\nimport { startRun } from '#core/tracking/x.ts';",
      'ui/charts/react/chart.tsx': "import { raster } from '../raster.ts';\nimport 'react';",
      'apps/server/main.ts': "const { mlflow } = await import('#protocols/mlflow/mlflow.ts');",
      'vite.config.ts': "import react from '@vitejs/plugin-react';",
      'node_modules/zod/index.js': "import '#storage/nowhere.ts';",
    }),
  );
  expect(report).toEqual({ filesRead: 8, violations: [] });
});

test('reading no file at all is a violation', () => {
  const root = tree({ 'README.md': '' });
  expect(checkImports(root)).toEqual({
    filesRead: 0,
    violations: [`${root}: no source file was read; the check has lost the tree`],
  });
});

test('a file outside every layer is a violation', () => {
  expect(violations({ 'lib/strings.ts': '', 'core/strings.ts': '' })).toEqual([
    'core/strings.ts:1: lies outside every layer; move it into one, or add its layer to tools/import-rules.ts',
    'lib/strings.ts:1: lies outside every layer; move it into one, or add its layer to tools/import-rules.ts',
  ]);
});

test('a layer may import only what the table names, types included', () => {
  expect(violations({ 'core/domain/run.ts': "\nimport type { Row } from '#storage/sql/row.ts';" })).toEqual([
    `core/domain/run.ts:2: imports '#storage/sql/row.ts': core/domain may import nothing; ${PORT}`,
  ]);
  expect(violations({ 'core/query/parse.ts': "export * from '#core/tracking/x.ts';" })).toEqual([
    `core/query/parse.ts:1: imports '#core/tracking/x.ts': core/query may import only core/domain; ${PORT}`,
  ]);
});

test('only the ports of core/tracking are open to an engine', () => {
  const allowed = 'core/domain, core/query, core/signal, core/tracking/ports, storage/sql';
  expect(
    violations({
      'storage/memory/store.ts':
        "import '#core/tracking/ports/writer.ts';\nimport '#core/tracking/runs/start-run.ts';",
    }),
  ).toEqual([
    `storage/memory/store.ts:2: imports '#core/tracking/runs/start-run.ts': storage/memory may import only ${allowed}; meet other engines at a port or in storage/sql`,
  ]);
});

test('engines, wires and features are strangers to their neighbours', () => {
  expect(
    violations({
      'apps/web/src/features/home/page.tsx': "import { chart } from '../board/chart.ts';",
      'protocols/mlflow/a.ts': "import '#protocols/wandb/b.ts';",
      'storage/series/a.ts': "import '#storage/memory/b.ts';",
    }),
  ).toEqual([
    "apps/web/src/features/home/page.tsx:1: imports '../board/chart.ts': apps/web/src/features/home may not know apps/web/src/features/board; move what both need out of them",
    `protocols/mlflow/a.ts:1: imports '#protocols/wandb/b.ts': protocols/mlflow may import only core/domain, core/tracking, core/query, protocols/edge; ${USE_CASE}`,
    "storage/series/a.ts:1: imports '#storage/memory/b.ts': storage/series may import only core/domain, core/query, core/signal, core/tracking/ports, storage/sql; meet other engines at a port or in storage/sql",
  ]);
});

test('dynamic imports, import types and worker addresses are imports', () => {
  const lines = [
    "await import('#protocols/native/a.ts');",
    "let b: import('#protocols/native/b.ts').B;",
    "new Worker(new URL('../../protocols/native/c.ts', import.meta.url));",
    "import.meta.resolve('#protocols/native/d.ts');",
    'await import(name);',
    "new URL('../../LICENSE', import.meta.url);",
  ];
  const rule =
    'storage/series may import only core/domain, core/query, core/signal, core/tracking/ports, storage/sql; meet other engines at a port or in storage/sql';
  expect(violations({ 'storage/series/x.ts': lines.join('\n') })).toEqual([
    `storage/series/x.ts:1: imports '#protocols/native/a.ts': ${rule}`,
    `storage/series/x.ts:2: imports '#protocols/native/b.ts': ${rule}`,
    `storage/series/x.ts:3: imports '../../protocols/native/c.ts': ${rule}`,
    `storage/series/x.ts:4: imports '#protocols/native/d.ts': ${rule}`,
    'storage/series/x.ts:5: imports a computed name: what cannot be read cannot be checked; write each name out',
  ]);
});

test('a package must be in the table, and its values too unless only its types are', () => {
  expect(
    violations({
      'core/query/a.ts': "import { z } from 'zod/v4';",
      'core/signal/a.ts': "import { hash } from 'node:crypto';",
      'protocols/edge/a.ts':
        "import { type FastifyInstance } from 'fastify';\nimport fastify, { type FastifyReply } from 'fastify';",
      'storage/series/a.ts': "import { DatabaseSync } from 'node:sqlite';\nimport fs from 'fs';",
    }),
  ).toEqual([
    `core/query/a.ts:1: imports 'zod/v4': core/query may use only re2js; ${PORT}`,
    `core/signal/a.ts:1: imports 'node:crypto': core/signal may use no package; ${PORT}`,
    `protocols/edge/a.ts:2: imports 'fastify': protocols/edge may use only type fastify, mime-types, zod, node:*; ${USE_CASE}`,
    "storage/series/a.ts:1: imports 'node:sqlite': storage/series may use only node:*; meet other engines at a port or in storage/sql",
    "storage/series/a.ts:2: imports 'fs'; write 'node:fs'",
  ]);
});

test('across layers an import is written from the root', () => {
  expect(violations({ 'core/query/a.ts': "import '../domain/run.ts';" })).toEqual([
    "core/query/a.ts:1: imports '../domain/run.ts' from another layer; write '#core/domain/run.ts'",
  ]);
});

test('tests and their testing/ folders import what they like, and nobody else imports them', () => {
  expect(
    violations({
      'core/query/a.test.ts': "import '#storage/sql/x.ts';\nimport 'vitest';",
      'core/query/b.ts': "import './a.test.ts';\nimport '#core/domain/testing/runs.ts';",
      'core/domain/testing/runs.ts': "import 'fastify';",
      'tests/running-server.ts': "import '#apps/server/main.ts';",
    }),
  ).toEqual([
    "core/query/b.ts:1: imports './a.test.ts': only tests may; move what is needed out of it",
    "core/query/b.ts:2: imports '#core/domain/testing/runs.ts': only tests may; move what is needed out of it",
  ]);
});

test('files end at the wall: 400 lines, tests 600', () => {
  expect(
    violations({
      'core/domain/long.ts': '\n'.repeat(401),
      'core/domain/just.ts': '\n'.repeat(400),
      'core/domain/long.test.ts': '\n'.repeat(601),
      'tools/long.ts': '\n'.repeat(401),
    }),
  ).toEqual([
    'core/domain/long.test.ts:601: is 601 lines long: 600 is the wall; split it by idea',
    'core/domain/long.ts:401: is 401 lines long: 400 is the wall; split it by idea',
    'tools/long.ts:401: is 401 lines long: 400 is the wall; split it by idea',
  ]);
});

test('a file that does not parse is named', () => {
  expect(violations({ 'core/domain/a.ts': 'const = 1;' })).toEqual([
    'core/domain/a.ts:1: does not parse: Unexpected token',
  ]);
});
