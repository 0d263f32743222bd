import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Complaint } from './explain.ts';

/** Asks at the terminal. What is typed is shown, unless it is secret. @throws Complaint where nobody can answer. */
export async function ask(question: string, { isSecret = false } = {}): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new Complaint(
      'There is no terminal to ask for a name and a password. Give a key instead: cairn login --key - < file',
    );
  }
  // readline echoes by writing to its output; one that drops everything shows nothing of a password, not its length.
  const output = isSecret ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stderr;
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  try {
    // Asked only now that the terminal itself echoes nothing: who types fast would see his password.
    if (isSecret) process.stderr.write(question);
    return await terminal.question(isSecret ? '' : question);
  } finally {
    terminal.close();
    if (isSecret) process.stderr.write('\n');
  }
}

/** All of stdin, without the line's end. */
export async function readStdin(): Promise<string> {
  return (await text(process.stdin)).trim();
}
