// A store on a real SQLite file for the tests of this folder, with the writer's steps in their order.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunId } from '#core/domain/ids.ts';
import type { LoggedPoints, Point, PointColumns, SeriesOwner } from '#core/domain/point.ts';
import type { Connection } from '#storage/sql/connection.ts';
import { SqliteConnection } from '#storage/sql/sqlite/sqlite-connection.ts';
import { seriesMigrations } from './migrations.ts';
import { SeriesEngine, type SeriesOptions } from './series-engine.ts';
import type { Staged } from './staging.ts';

export class TestStore implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'cairn-series-'));
  readonly #options: SeriesOptions;
  connection = SqliteConnection.openWriter(join(this.#folder, 'store.db'));
  engine!: SeriesEngine;
  sequence = 0;

  private constructor(options: SeriesOptions) {
    this.#options = options;
  }

  static async create(options: SeriesOptions = {}): Promise<TestStore> {
    const store = new TestStore(options);
    for (const { sqlite } of seriesMigrations) {
      for (const statement of sqlite) await store.connection.execute(statement);
    }
    store.engine = await SeriesEngine.open(store.connection, options);
    return store;
  }

  /** One group commit. */
  async log(...groups: LoggedPoints[]): Promise<void> {
    this.engine.publish(await this.#stage(groups, 'COMMIT'));
  }

  /** A group that the catalogue made fail. */
  async rollBack(...groups: LoggedPoints[]): Promise<void> {
    this.engine.discard(await this.#stage(groups, 'ROLLBACK'));
  }

  async seal(end: 'COMMIT' | 'ROLLBACK' = 'COMMIT'): Promise<void> {
    await this.connection.execute('BEGIN IMMEDIATE');
    await this.engine.seal(this.connection);
    await this.connection.execute(end);
    if (end === 'COMMIT') this.engine.published();
    else this.engine.abandon();
  }

  /** A seal during which the process is killed before that statement; false when it has fewer. */
  async sealUntil(statement: number): Promise<boolean> {
    let left = statement;
    const { connection } = this;
    const mortal: Connection = {
      dialect: connection.dialect,
      async query(sql, params) {
        left -= 1;
        if (left <= 0) throw new Error('killed');
        return connection.query(sql, params);
      },
    };
    await connection.execute('BEGIN IMMEDIATE');
    const isWhole = await this.engine.seal(mortal).then(
      () => true,
      () => false,
    );
    if (isWhole) await connection.execute('COMMIT');
    await this.reopen();
    return !isWhole;
  }

  /** As after a kill: what was not committed is gone. */
  async reopen(): Promise<void> {
    this.connection.close();
    this.connection = SqliteConnection.openWriter(join(this.#folder, 'store.db'));
    this.engine = await SeriesEngine.open(this.connection, this.#options);
  }

  async count(table: string): Promise<number> {
    const [row] = await this.connection.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`);
    return row?.n ?? 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.connection.close();
    rmSync(this.#folder, { recursive: true });
  }

  async #stage(groups: readonly LoggedPoints[], end: 'COMMIT' | 'ROLLBACK'): Promise<Staged> {
    this.sequence += 1;
    await this.connection.execute('BEGIN IMMEDIATE');
    const staged = await this.engine.stage(this.connection, this.sequence, 1000 + this.sequence, groups);
    await this.connection.execute(end);
    return staged;
  }
}

export function runOwner(name = 'a'): SeriesOwner & { readonly kind: 'run' } {
  return { kind: 'run', run: name.padEnd(32, '0') as RunId };
}

/** Points of one metric as a wire hands them over. */
export function logged(owner: SeriesOwner, metric: string, points: readonly Point[]): LoggedPoints {
  return {
    owner,
    metrics: [metric],
    metricAt: new Uint32Array(points.length),
    ...columnsOf(points),
  };
}

export function columnsOf(points: readonly Point[]): PointColumns {
  return {
    steps: Float64Array.from(points, ({ step }) => step),
    times: Float64Array.from(points, ({ time }) => time),
    values: Float64Array.from(points, ({ value }) => value),
  };
}
