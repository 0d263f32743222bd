import { expect, test, vi } from 'vitest';
import type { LiveEvent } from '#core/contract/live.ts';
import { LiveConnection, type Changed } from './live-connection.ts';

/** The browser's end of a line whose other end the test holds. */
class Line extends EventTarget {
  readyState: number = WebSocket.CONNECTING;
  readonly sent: unknown[] = [];

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
    this.dispatchEvent(new Event('close'));
  }

  open(): void {
    this.readyState = WebSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  say(event: LiveEvent): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(event) }));
  }
}

function connect() {
  const lines: Line[] = [];
  const heard: Changed[] = [];
  let resets = 0;
  const live = new LiveConnection({
    url: 'ws://here',
    random: () => 0.5,
    open: () => {
      const line = new Line();
      lines.push(line);
      return line as unknown as WebSocket;
    },
    onChanged: (event) => heard.push(event),
    onReset: () => (resets += 1),
  });
  live.start();
  return { live, lines, heard, resets: () => resets };
}

const CHANGED: Changed = { kind: 'changed', cursor: '7', projects: ['1'], runs: [] };

test('says everything that the page can see in one message', async () => {
  const { live, lines } = connect();
  live.watch({ home: true, projects: ['1'] });
  const leave = live.watch({ runs: ['a'.repeat(32)] });
  lines[0]?.open();
  expect(lines[0]?.sent).toEqual([{ kind: 'watch', home: true, projects: ['1'], runs: ['a'.repeat(32)] }]);
  leave();
  await Promise.resolve();
  expect(lines[0]?.sent.at(-1)).toEqual({ kind: 'watch', home: true, projects: ['1'], runs: [] });
});

test('pages that show models say so, and are told of registered models', async () => {
  const { live, lines, heard } = connect();
  const leave = live.watch({ registry: true });
  lines[0]?.open();
  const watch = { kind: 'watch', home: false, projects: [], runs: [] };
  expect(lines[0]?.sent).toEqual([{ ...watch, registry: true }]);
  lines[0]?.say({ ...CHANGED, registered: ['rm-1'] });
  expect(heard).toEqual([{ ...CHANGED, registered: ['rm-1'] }]);
  leave();
  await Promise.resolve();
  expect(lines[0]?.sent.at(-1)).toEqual({ ...watch, cursor: CHANGED.cursor });
});

test('after a break it asks for what it missed, with growing pauses', () => {
  vi.useFakeTimers();
  const { live, lines, heard } = connect();
  lines[0]?.open();
  lines[0]?.say(CHANGED);
  expect(heard).toEqual([CHANGED]);
  expect(live.state).toBe('open');
  lines[0]?.close();
  expect(live.state).toBe('lost');
  vi.advanceTimersByTime(250);
  lines[1]?.close();
  vi.advanceTimersByTime(499);
  expect(lines).toHaveLength(2);
  vi.advanceTimersByTime(1);
  lines[2]?.open();
  expect(lines[2]?.sent).toEqual([{ kind: 'watch', home: false, projects: [], runs: [], cursor: '7' }]);
  vi.useRealTimers();
});

test('a reset means that everything is old', () => {
  const { lines, resets } = connect();
  lines[0]?.open();
  lines[0]?.say({ kind: 'reset', cursor: '9' });
  expect(resets()).toBe(1);
});

test('a hidden page rests, and goes on from its cursor', () => {
  const { live, lines } = connect();
  lines[0]?.open();
  lines[0]?.say(CHANGED);
  live.pause();
  expect(live.state).toBe('paused');
  live.start();
  lines[1]?.open();
  expect(lines[1]?.sent).toMatchObject([{ cursor: '7' }]);
});
