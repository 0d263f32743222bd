import { parseSync, Visitor } from 'oxc-parser';

/** One mention of another module in a source text. */
export interface Import {
  /** As written: `./run.ts`, `#core/domain/run.ts`, `zod`; undefined if it is computed when the program runs. */
  readonly specifier: string | undefined;
  /** Counted from 1. */
  readonly line: number;
  /** True if nothing of it is left when types are stripped. */
  readonly isType: boolean;
}

/** What the parser's nodes have in common where a module is named. */
interface Source {
  readonly type: string;
  readonly start: number;
  readonly value?: unknown;
}

const CODE = /\.[cm]?[jt]sx?$/;

/**
 * Every module that a text mentions: imports and re-exports, types included, `import()` as a value and as a type,
 * `import.meta.resolve()`, and the `new URL('./worker.ts', import.meta.url)` that starts a worker.
 * Throws an Error if the text does not parse.
 */
export function readImports(fileName: string, text: string): Import[] {
  const { program, errors } = parseSync(fileName, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(error.message);

  const found: Import[] = [];
  const add = (source: Source, isType: boolean) => {
    const specifier = typeof source.value === 'string' ? source.value : undefined;
    found.push({ specifier, line: lineAt(text, source.start), isType });
  };

  new Visitor({
    ImportDeclaration: (node) => add(node.source, isTypeOnly(node.importKind, node.specifiers)),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node.source, isTypeOnly(node.exportKind, node.specifiers));
    },
    ImportExpression: (node) => add(node.source, false),
    TSImportType: (node) => add(node.source, true),
    TSExternalModuleReference: (node) => add(node.expression, false),
    CallExpression: (node) => {
      const [target] = node.arguments;
      if (target !== undefined && isMetaProperty(node.callee, 'resolve')) add(target, false);
    },
    NewExpression: (node) => {
      const [target, base] = node.arguments;
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'URL') return;
      if (target === undefined || base === undefined || !isMetaProperty(base, 'url')) return;
      if ('value' in target && typeof target.value === 'string' && CODE.test(target.value))
        add(target, false);
    },
  }).visit(program);
  return found.toSorted((a, b) => a.line - b.line);
}

/** `import.meta.<property>`. */
function isMetaProperty(node: Source & { object?: Source }, property: string): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.object?.type === 'MetaProperty' &&
    'property' in node &&
    (node.property as { name?: string }).name === property
  );
}

/** `import type …`, or an import all of whose names are marked `type`. */
function isTypeOnly(kind: string | undefined, specifiers: readonly object[]): boolean {
  return kind === 'type' || (specifiers.length > 0 && specifiers.every((specifier) => isMarked(specifier)));
}

function isMarked(specifier: object): boolean {
  return (
    ('importKind' in specifier && specifier.importKind === 'type') ||
    ('exportKind' in specifier && specifier.exportKind === 'type')
  );
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
