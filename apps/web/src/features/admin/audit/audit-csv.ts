import type { AuditEntryJson } from '../../../api/identity.ts';

// RFC 4180, as spreadsheets read it. A text that a spreadsheet would take for a formula gets an apostrophe before it
// (OWASP, CSV injection): subjects and details hold what clients sent.

const HEAD = [
  'number',
  'at',
  'actor_kind',
  'actor',
  'action',
  'subject',
  'details',
  'address',
  'hash',
  'previous',
];

export function auditCsv(entries: readonly AuditEntryJson[]): string {
  const rows = entries.map((entry) => [
    String(entry.number),
    new Date(entry.at).toISOString(),
    entry.actor.kind,
    entry.actor.id,
    entry.action,
    entry.subject,
    JSON.stringify(entry.details),
    entry.address ?? '',
    entry.hash,
    entry.previous,
  ]);
  return [HEAD, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
