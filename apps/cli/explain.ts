import { ApiError } from '#core/contract/client.ts';
import { displayWidth, plain } from './text.ts';

/** Something to tell the person at the terminal: one line, no stack. */
export class Complaint extends Error {}

/** A failure in words. What is neither a complaint nor a server's refusal is a bug and keeps its stack. */
export function explain(error: unknown): string {
  if (error instanceof ApiError || error instanceof Complaint) return `cairn: ${error.message}`;
  return `cairn: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/**
 * What the server said about a text, with the place:
 *
 *     metrics.loss => 1
 *                   ^
 */
export function pointAt(text: string, position: number, message: string): Complaint {
  const indent = ' '.repeat(displayWidth(plain(text.slice(0, position))));
  return new Complaint(`${message}\n  ${plain(text)}\n  ${indent}^`);
}
