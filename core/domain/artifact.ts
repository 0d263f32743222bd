import type { Actor } from './actor.ts';
import type { ManifestDigest, WorkspaceId } from './ids.ts';

/** `dataset`, `model`, `table`, `checkpoint`; other wires bring others. */
export type ArtifactType = string;

/** What a run may seal of its files. A model is sealed when it is logged or registered. */
export const PRODUCED_TYPES = ['dataset', 'table', 'checkpoint'] as const;
export type ProducedType = (typeof PRODUCED_TYPES)[number];

/** UTF-16 code units, as many as a dataset's name may have: an index row of PostgreSQL holds 2700 bytes. */
export const ARTIFACT_NAME_LIMIT = 500;

/** A named thing with versions, of a type. A logged model whose name is longer than the limit is none. */
export interface ArtifactRef {
  readonly workspace: WorkspaceId;
  readonly type: ArtifactType;
  readonly name: string;
}

/**
 * One version of an artifact. Equal content is the same version: (workspace, type, name, digest) names it, and the number is the order
 * in which digests of that name were first seen.
 */
export interface ArtifactVersion extends ArtifactRef {
  /** From 1. */
  readonly number: number;
  /** The manifest's SHA-256, or, of a dataset that is only described, the digest that the client computed. */
  readonly digest: string;
  /** Absent when the bytes are elsewhere, or were purged with all that named them. */
  readonly manifest?: ManifestDigest;
  /** When it was first seen, milliseconds UTC. */
  readonly createdAt: number;
  readonly createdBy: Actor;
}
