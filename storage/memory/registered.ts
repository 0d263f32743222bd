import type { RegisteredModelId } from '#core/domain/ids.ts';
import type { RegistryNote } from '#core/domain/registry-log.ts';
import type { RegisteredModel, VersionRef } from '#core/domain/registry.ts';
import { chainedEntry } from '#storage/sql/audit-chain.ts';
import { noRegistered, noVersion } from '#storage/sql/refusals.ts';
import type { Applying, RegisteredRow, State, VersionRow } from './state.ts';

export function versionKey({ model, number }: VersionRef): string {
  return `${model}/${number}`;
}

/** @throws Fault `not_found`, also when it is deleted. */
export function activeRegistered({ state }: Pick<Applying, 'state'>, id: RegisteredModelId): RegisteredRow {
  const model = state.registered.get(id);
  if (!model || model.deletedAt !== undefined) throw noRegistered(id);
  return model;
}

export interface ActiveVersion {
  readonly model: RegisteredRow;
  readonly version: VersionRow;
}

/** @throws Fault `not_found`, also when it or its model is deleted. */
export function activeVersion(applying: Pick<Applying, 'state'>, ref: VersionRef): ActiveVersion {
  const model = activeRegistered(applying, ref.model);
  const version = applying.state.versions.get(versionKey(ref));
  if (!version || version.deletedAt !== undefined) throw noVersion(ref);
  return { model, version };
}

/** Versions of a model that are not deleted, by number. */
export function versionsOf(state: State, id: RegisteredModelId): readonly VersionRow[] {
  const numbers = Array.from({ length: state.registered.get(id)?.lastVersion ?? 0 }, (_, at) => at + 1);
  const rows = numbers.map((number) => state.versions.get(versionKey({ model: id, number })));
  return rows.filter((row) => row !== undefined).filter((row) => row.deletedAt === undefined);
}

/** The model with what is told from its versions. */
export function registeredModel(state: State, row: RegisteredRow): RegisteredModel {
  const versions = versionsOf(state, row.id);
  const { deletedAt: _, ...model } = row;
  return {
    ...model,
    stages: new Map(versions.map(({ stage, number }) => [stage, number])),
    versions: versions.length,
  };
}

/** Keeps a model one of whose own members changed. */
export function keepRegistered({ state, at, touched }: Applying, row: RegisteredRow): void {
  state.registered.set(row.id, { ...row, updatedAt: at });
  touched.registered(row.id);
}

/** Keeps a version one of whose own members changed. */
export function keepVersion({ state, at }: Applying, row: VersionRow): void {
  state.versions.set(versionKey(row), { ...row, updatedAt: at });
}

/** Something changed that a gate may look at. */
export function revise({ state }: Applying, id: RegisteredModelId): void {
  const row = state.registered.get(id);
  if (row) state.registered.set(id, { ...row, revision: row.revision + 1 });
}

/** Appends to the model's log. */
export function writeDown(applying: Applying, model: RegisteredModelId, note: RegistryNote): void {
  const { state, actor, at, touched } = applying;
  const log = state.registryLogs.get(model) ?? [];
  state.registryLogs.set(model, [...log, chainedEntry(log.at(-1), note, { model, actor, at })]);
  touched.registered(model);
}
