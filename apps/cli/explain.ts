import { ApiError } from '#core/contract/client.ts';
import { Fault } from '#core/domain/fault.ts';
import { displayWidth, plain } from './text.ts';

/** Something to tell the person at the terminal: one line, no stack. */
export class Complaint extends Error {}

/** A failure in words. What is neither a complaint nor a server's refusal is a bug and keeps its stack. */
export function explain(error: unknown): string {
  if (error instanceof ApiError) return `cairn: ${error.message}${adviceFor(error)}`;
  if (error instanceof Complaint || error instanceof Fault) return `cairn: ${error.message}`;
  return `cairn: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** What a person does about a refusal for want of a key. */
function adviceFor({ status }: ApiError): string {
  if (status !== 401) return '';
  return process.env['CAIRN_API_KEY']
    ? ' The key that was sent is from CAIRN_API_KEY.'
    : " Log in with 'cairn login', or set CAIRN_API_KEY.";
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
