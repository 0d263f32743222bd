import { expect, test } from 'vitest';
import type { AuditEntryJson } from '../../../api/identity.ts';
import { auditCsv } from './audit-csv.ts';

const entry = (change: Partial<AuditEntryJson>): AuditEntryJson => ({
  number: 1,
  at: 1_772_323_200_000,
  actor: { kind: 'user', id: 'u-0000000000000001' },
  action: 'key.created',
  subject: 'key k-1',
  details: {},
  previous: '00',
  hash: 'ab',
  ...change,
});

test('each entry is a row of its own, times in ISO', () => {
  const [head, row, end] = auditCsv([entry({ address: '10.0.0.7' })]).split('\r\n');
  expect(head).toBe('number,at,actor_kind,actor,action,subject,details,address,hash,previous');
  expect(row).toBe(
    '1,2026-03-01T00:00:00.000Z,user,u-0000000000000001,key.created,key k-1,{},10.0.0.7,ab,00',
  );
  expect(end).toBe('');
});

test('commas, quotes and line breaks stay inside of their cell', () => {
  const csv = auditCsv([entry({ subject: 'a,"b"\nc', details: { name: 'x' } })]);
  expect(csv).toContain('"a,""b""\nc","{""name"":""x""}"');
});

test('what a spreadsheet would run is text', () => {
  for (const subject of ['=1+1', '+1', '-1', '@cmd', '\tx']) {
    expect(auditCsv([entry({ subject })])).toContain(`,'${subject},`);
  }
});
