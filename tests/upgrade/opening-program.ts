// A program for the tests beside it: brings a store's schema up to date and dies by SIGKILL before a statement of its
// pending migrations. Arguments: data directory, number of the statement.
import { join } from 'node:path';
import { storeMigrations } from '#storage/embedded/schema.ts';
import { migrate } from '#storage/sql/migrations.ts';
import { SqliteConnection } from '#storage/sql/sqlite/sqlite-connection.ts';

const [directory = '', death = '0'] = process.argv.slice(2);
const connection = SqliteConnection.openWriter(join(directory, 'cairn.db'));
let left = Number(death);
let isMigrating = false;
const execute = connection.execute.bind(connection);
const query = connection.query.bind(connection);
const count = (sql: string): void => {
  if (sql === connection.begin) isMigrating = true;
  if (!isMigrating) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
};
connection.execute = async (sql) => {
  count(sql);
  await execute(sql);
};
connection.query = async (sql, params) => {
  count(sql);
  return query(sql, params);
};
await migrate(connection, storeMigrations, { at: 1, backup: async () => undefined });
connection.close();
