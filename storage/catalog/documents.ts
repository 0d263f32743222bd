import type { Actor } from '#core/domain/actor.ts';
import type { ModelId } from '#core/domain/ids.ts';
import type { ModelEdge, ParamValue } from '#core/domain/run.ts';

// Documents are JSON text whose maps are arrays of pairs: their order is kept and no key (`__proto__`) means anything.
// Only texts and finite numbers go in.

export type Pairs = readonly (readonly [string, string])[];

/** `dataset` name and digest, tags of the edge. */
export type InputPair = readonly [name: string, digest: string, tags: Pairs];

export interface RunDocument {
  readonly params: readonly (readonly [key: string, text: string, type: ParamValue['type']])[];
  readonly tags: Pairs;
  readonly datasets: readonly InputPair[];
  readonly modelInputs: readonly (readonly [ModelId, number])[];
  readonly modelOutputs: readonly (readonly [ModelId, number])[];
  readonly objective?: unknown;
}

export function pairsOf(map: ReadonlyMap<string, string>): Pairs {
  return [...map];
}

export function edgesOf(edges: readonly ModelEdge[]): readonly (readonly [ModelId, number])[] {
  return edges.map(({ model, step }) => [model, step]);
}

export function readEdges(edges: readonly (readonly [ModelId, number])[]): readonly ModelEdge[] {
  return edges.map(([model, step]) => ({ model, step }));
}

export function actorColumns(actor: Actor): { actor_kind: string; actor_id: string } {
  return { actor_kind: actor.kind, actor_id: actor.id };
}

export function readActor(row: { readonly actor_kind: string; readonly actor_id: string }): Actor {
  return { kind: row.actor_kind as Actor['kind'], id: row.actor_id };
}

/** A member that is absent when the column is NULL, as the domain's optional members are. */
export function optional<Key extends string, Value>(
  key: Key,
  value: Value | null,
): Partial<Record<Key, Value>> {
  return value === null ? {} : ({ [key]: value } as Record<Key, Value>);
}
