import { fdatasyncSync, fsyncSync, openSync, writeSync } from 'node:fs';

// The simplest program that can lose data: `node appending-program.ts FILE synced|loose` appends numbered lines for
// ever and says on stdout how many it holds for stored. The power-cut laboratory is calibrated on it.

const [path = '', mode = 'synced'] = process.argv.slice(2);
const file = openSync(path, 'a');
fsyncSync(file);
for (let line = 1; ; line += 1) {
  writeSync(file, `${line}\n`);
  if (mode === 'synced') fdatasyncSync(file);
  writeSync(1, `${line}\n`);
}
