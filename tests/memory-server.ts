import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { buildApp, originOf, type AppParts } from '#apps/server/build-app.ts';
import { readConfig } from '#apps/server/config.ts';
import { randomIdentities } from '#apps/server/identities.ts';
import { nodeSecrets } from '#apps/server/node-secrets.ts';
import { WIRES } from '#apps/server/wires.ts';
import type { Ports, Store } from '#core/tracking/ports/ports.ts';
import type { Wire } from '#protocols/edge/wire.ts';
import { memoryStore } from '#storage/memory/memory-store.ts';

/** What JSON.parse makes of an answer: a test says what it expects of it. */
export type Json = ReturnType<typeof JSON.parse>;

export interface MemoryServerOptions {
  readonly store?: Store;
  readonly wires?: readonly Wire[];
  readonly flags?: readonly string[];
  readonly isReady?: () => boolean;
  readonly onRoute?: AppParts['onRoute'];
}

/** The server as it is composed for users, over a store in memory. */
export interface MemoryServer {
  readonly app: FastifyInstance;
  readonly ports: Ports;
  /** Begins to listen on a free port of 127.0.0.1 and says where. */
  readonly listen: () => Promise<string>;
  /** Sends JSON as a client on this machine would. */
  readonly call: (
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    url: string,
    body?: unknown,
  ) => Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The body as JSON, or undefined when it is none. */
  readonly json: Json;
}

export async function memoryServer(options: MemoryServerOptions = {}): Promise<MemoryServer> {
  const store = options.store ?? memoryStore();
  const ports: Ports = {
    ...store,
    clock: { now: () => Date.now() },
    ids: randomIdentities,
    secrets: nodeSecrets,
  };
  const app = await buildApp({
    config: readConfig(options.flags ?? [], {}),
    ports,
    store: { database: 'memory' },
    wires: options.wires ?? WIRES,
    logger: pino({ level: 'silent' }),
    isReady: options.isReady ?? (() => true),
    ...(options.onRoute && { onRoute: options.onRoute }),
  });
  return {
    app,
    ports,
    async listen() {
      await app.listen({ host: '127.0.0.1', port: 0 });
      return originOf(app);
    },
    async call(method, url, body) {
      const response = await app.inject({
        method,
        url,
        headers: { host: 'localhost', ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { payload: JSON.stringify(body) }),
      });
      return {
        status: response.statusCode,
        headers: response.headers,
        text: response.body,
        json: parse(response.body),
      };
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
