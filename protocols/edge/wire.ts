import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SessionLimits } from '#core/domain/account.ts';
import type { Permission } from '#core/domain/permission.ts';
import type { Principal } from '#core/tracking/access/principal.ts';
import type { Ports } from '#core/tracking/ports/ports.ts';
import type { BodyBudget } from './body-budget.ts';

/** What the server tells about itself; wires show it in their own words. */
export interface ServerFacts {
  readonly version: string;
  readonly mode: 'local' | 'team';
  /** The wires that are spoken, by name. */
  readonly wires: readonly string[];
  /** `http://127.0.0.1:5100`, known once it listens. */
  readonly origin: () => string;
}

/** A browser's log-in as it travels: a cookie that scripts cannot read. */
export interface BrowserSessions {
  /** How long one stands. */
  readonly limits: SessionLimits;
  /** Sets the cookie. @param expiresAt milliseconds UTC. */
  start(reply: FastifyReply, secret: string, expiresAt: number): void;
  /** Takes it back. */
  end(reply: FastifyReply): void;
  /** What the request brought, whether it is valid or not. */
  secretOf(request: FastifyRequest): string | undefined;
  /** Counts a try to prove who one is by a secret that people choose or carry, before it is checked. @throws Fault `rate_limited`. */
  allowLogIn(request: FastifyRequest, name: string): Promise<void>;
}

/** How the server and its store are. */
export interface Health {
  readonly version: string;
  /** Milliseconds UTC. */
  readonly startedAt: number;
  readonly database: 'memory' | 'sqlite' | 'postgres';
  readonly memoryBytes: number;
  readonly checks: readonly {
    readonly name: string;
    readonly status: 'ok' | 'warning' | 'failing';
    readonly detail: string;
  }[];
  readonly storage: {
    readonly databaseBytes: number;
    readonly blobBytes: number;
    readonly blobs: number;
    readonly freeBytes?: number;
  };
}

/** What a wire is given. */
export interface Edge {
  readonly ports: Ports;
  readonly facts: ServerFacts;
  readonly sessions: BrowserSessions;
  /** Measured when it is asked for. */
  readonly health: () => Promise<Health>;
  /** Largest body that is read into memory, bytes. */
  readonly bodyLimitBytes: number;
  /** Largest file that may be uploaded, bytes. */
  readonly fileLimitBytes: number;
  /** The memory for all bodies that are read into it. */
  readonly bodies: BodyBudget;
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
