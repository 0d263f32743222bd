import type { FastifyInstance } from 'fastify';
import type { Permission } from '#core/domain/permission.ts';
import type { Principal } from '#core/tracking/access/principal.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';

/** What the server tells about itself; wires show it in their own words. */
export interface ServerFacts {
  readonly version: string;
  readonly mode: 'local' | 'team';
  /** The wires that are spoken, by name. */
  readonly wires: readonly string[];
  /** `http://127.0.0.1:5100`, known once it listens. */
  readonly origin: () => string;
}

/** What a wire is given. */
export interface Edge {
  readonly ports: Ports;
  readonly facts: ServerFacts;
  /** Largest body that is read into memory, bytes. */
  readonly bodyLimitBytes: number;
  /** Largest file that may be uploaded, bytes. */
  readonly fileLimitBytes: number;
}

/** A foreign or own protocol: a folder, registered in one encapsulated Fastify scope of its own. */
export interface Wire {
  readonly name: string;
  register(scope: FastifyInstance, edge: Edge): void | Promise<void>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The permission the route needs. A route without one stops the boot. */
    permission?: Permission | 'public';
  }
  interface FastifyRequest {
    /** Set by the server before any handler runs. */
    principal: Principal;
  }
}
