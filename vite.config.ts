import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { api, OF_WORKSPACE } from './core/contract/api.ts';
import * as identityEndpoints from './core/contract/identity-endpoints.ts';
import * as live from './core/contract/live.ts';
import * as serverEndpoints from './core/contract/server-endpoints.ts';

/**
 * The page asks, the server checks: of the contract the page gets methods, paths and constants without the schemas,
 * which are most of the bytes (zod) and would probe `eval`, which the page's policy refuses.
 */
function contractWithoutSchemas(): Plugin {
  const travels = (part: unknown): string => (part === 'none' || part === 'bytes' ? part : 'json');
  const table = Object.entries(api).map(([name, { method, path, body, reply }]) => [
    name,
    { method, path, body: travels(body), reply: travels(reply) },
  ]);
  const modules: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    'api.ts': { api: Object.fromEntries(table), OF_WORKSPACE },
    'identity-endpoints.ts': constantsOf(identityEndpoints),
    'live.ts': constantsOf(live),
    'server-endpoints.ts': constantsOf(serverEndpoints),
  };
  return {
    name: 'contract-without-schemas',
    enforce: 'pre',
    load(id) {
      const contents = modules[/\/core\/contract\/([^/]+)$/.exec(id)?.[1] ?? ''];
      return (
        contents &&
        Object.entries(contents)
          .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
          .join('\n')
      );
    },
  };
}

function constantsOf(module: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(module).filter(([, value]) => ['string', 'number'].includes(typeof value)),
  );
}

export default defineConfig({
  root: 'apps/web',
  plugins: [contractWithoutSchemas(), react(), tailwindcss()],
  worker: { format: 'es' },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2024',
    sourcemap: false,
    manifest: true,
  },
});
