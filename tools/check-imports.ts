import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { FREE_LAYERS, LONG_FILES, MAX_LINES, MAX_TEST_LINES } from './import-rules.ts';
import { TEST, isWithin, judgeImport, placeOf } from './judge-import.ts';
import { readImports } from './read-imports.ts';
import { ROOT } from './run-command.ts';

export interface ImportReport {
  readonly filesRead: number;
  /** One line each: `file:line: what is wrong: which rule; what to do instead`. */
  readonly violations: readonly string[];
}

const CODE = /\.[cm]?[jt]sx?$/;
const SKIPPED = new Set(['node_modules', 'dist', 'data', 'coverage']);

/** Holds every source file below a directory against import-rules.ts. Reads nothing else and never throws for them. */
export function checkImports(root: string): ImportReport {
  const files = sourceFiles(root);
  const violations = files.flatMap((file) => checkFile(file, readFileSync(join(root, file), 'utf8')));
  if (files.length === 0) violations.push(`${root}: no source file was read; the check has lost the tree`);
  return { filesRead: files.length, violations };
}

/** Paths with `/` between, sorted. Hidden folders hold no source of ours. */
function sourceFiles(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) {
        return entry.name.startsWith('.') || SKIPPED.has(entry.name) ? [] : sourceFiles(root, path);
      }
      return CODE.test(entry.name) ? [path] : [];
    });
}

function checkFile(file: string, text: string): string[] {
  const violations = checkLength(file, text);
  const isConfig = !file.includes('/') && file.endsWith('.config.ts');
  if (isConfig || isWithin(file, FREE_LAYERS)) return violations;

  const place = placeOf(file);
  if (place === undefined) {
    return [
      ...violations,
      `${file}:1: lies outside every layer; move it into one, or add its layer to tools/import-rules.ts`,
    ];
  }
  if (TEST.test(file)) return violations;
  try {
    for (const found of readImports(file, text)) {
      const problem = judgeImport(file, place, found);
      if (problem !== undefined) violations.push(`${file}:${found.line}: ${problem}`);
    }
  } catch (error) {
    violations.push(`${file}:1: does not parse: ${error instanceof Error ? error.message : String(error)}`);
  }
  return violations;
}

function checkLength(file: string, text: string): string[] {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const limit = TEST.test(file) ? MAX_TEST_LINES : MAX_LINES;
  const isExcused = Object.hasOwn(LONG_FILES, file);
  if (lines > limit && !isExcused) {
    return [`${file}:${limit + 1}: is ${lines} lines long: ${limit} is the wall; split it by idea`];
  }
  if (lines <= limit && isExcused) {
    return [`${file}:1: no longer needs its place in LONG_FILES; take it out of tools/import-rules.ts`];
  }
  return [];
}

if (import.meta.main) {
  const { filesRead, violations } = checkImports(ROOT);
  for (const violation of violations) console.error(violation);
  console.log(`${filesRead} files read, ${violations.length} violations`);
  if (violations.length > 0) process.exitCode = 1;
}
