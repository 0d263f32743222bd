import { Link } from '@tanstack/react-router';
import { EyeOff, Plus } from 'lucide-react';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import type { LineageJson } from '../../../api/registry.ts';
import { rt } from '../../../text/registry/translate.ts';
import { NODE, placeLineage, type PlacedNode } from './lineage-layout.ts';
import type { Way } from './merge-lineage.ts';

/** A graph that is a list: each node is a link in the order of reading, and says what it came from to whoever hears it. */
export function LineageGraph({
  graph,
  height,
  onExpand,
}: {
  readonly graph: LineageJson;
  /** Of the panel; without it as high as the graph. */
  readonly height?: number;
  readonly onExpand: (key: string, way: Way) => void;
}) {
  const placed = useMemo(() => placeLineage(graph), [graph]);
  const box = useRef<HTMLDivElement>(null);
  const root = placed.nodes.find(({ node }) => node.key === graph.root);
  const rootX = root?.x ?? 0;
  const rootY = root?.y ?? 0;
  // What the page is about is in view, however long the way to it.
  useEffect(() => {
    const { current } = box;
    if (!current) return;
    current.scrollLeft = rootX + NODE.width * 1.5 - current.clientWidth * 0.85;
    current.scrollTop = rootY + NODE.height * 1.5 - current.clientHeight;
  }, [rootX, rootY]);
  const offset = height === undefined ? 0 : Math.max(0, (height - placed.height) / 2);
  const onPath = useMemo(() => pathThrough(graph), [graph]);
  return (
    <div
      ref={box}
      className="relative overflow-auto"
      style={height === undefined ? undefined : { height }}
      tabIndex={0}
      role="region"
      aria-label={rt('lineage.graph')}
    >
      <div className="relative mx-auto" style={{ width: placed.width, height: placed.height, top: offset }}>
        <svg
          width={placed.width}
          height={placed.height}
          aria-hidden="true"
          className="absolute inset-0 block overflow-visible"
        >
          {placed.edges.map(({ key, from, to, d, tip }) => {
            const isOn = onPath.has(from) && onPath.has(to);
            return (
              <g
                key={key}
                fill="none"
                className={isOn ? 'stroke-ink-3' : 'stroke-line-strong'}
                strokeWidth="1.25"
              >
                <path d={d} {...(!isOn && { strokeDasharray: '3 3', opacity: 0.7 })} />
                <path
                  d={`m${tip.x - 5} ${tip.y - 3.5} 5 3.5-5 3.5`}
                  strokeLinecap="round"
                  strokeLinejoin="round"
                />
              </g>
            );
          })}
        </svg>
        <ol>
          {placed.nodes.map((each) => (
            <Node
              key={each.node.key}
              placed={each}
              isRoot={each.node.key === graph.root}
              isOnPath={onPath.has(each.node.key)}
              onExpand={onExpand}
            />
          ))}
        </ol>
      </div>
    </div>
  );
}

/** Everything that the root came from or that came of it: the rest is only near it. */
function pathThrough({ root, edges }: LineageJson): ReadonlySet<string> {
  const reach = (next: (key: string) => readonly string[]): string[] => {
    const seen = new Set([root]);
    const waiting = [root];
    for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
      for (const each of next(key)) {
        if (seen.has(each)) continue;
        seen.add(each);
        waiting.push(each);
      }
    }
    return [...seen];
  };
  const up = reach((key) => edges.filter(({ to }) => to === key).map(({ from }) => from));
  const down = reach((key) => edges.filter(({ from }) => from === key).map(({ to }) => to));
  return new Set([...up, ...down]);
}

function Node({
  placed,
  isRoot,
  isOnPath,
  onExpand,
}: {
  readonly placed: PlacedNode;
  readonly isRoot: boolean;
  readonly isOnPath: boolean;
  readonly onExpand: (key: string, way: Way) => void;
}) {
  const { node, x, y, from } = placed;
  const look = `block size-full rounded-control border bg-panel px-2 py-[5px] text-12 ${
    isRoot
      ? 'border-accent outline-1 -outline-offset-2 outline-accent'
      : isOnPath
        ? 'border-line-strong'
        : 'border-dashed border-line-strong'
  }`;
  const content = (
    <>
      <span className={`block truncate ${isOnPath ? 'font-semibold' : 'text-ink-2'}`}>
        {node.kind === 'hidden' ? (
          <span className="flex items-center gap-1.5 font-normal text-ink-3">
            <EyeOff size={12} aria-hidden="true" />
            {rt('lineage.hidden')}
          </span>
        ) : (
          node.title
        )}
      </span>
      <span className="block truncate text-11 text-ink-3">
        {node.kind === 'hidden'
          ? rt('lineage.hiddenText')
          : node.subtitle === ''
            ? rt(`lineage.${node.kind}`)
            : node.subtitle}
      </span>
      {from.length > 0 && (
        <span className="sr-only">
          {rt('lineage.from', {
            what: from.map((each) => each.node.title || rt('lineage.hidden')).join(', '),
          })}
        </span>
      )}
    </>
  );
  return (
    <li className="absolute" style={{ left: x, top: y, ...NODE }}>
      {node.href === undefined || isRoot ? (
        <div className={look} title={node.title} {...(isRoot && { 'aria-current': 'true' as const })}>
          {content}
        </div>
      ) : (
        <Link
          to={node.href}
          className={`${look} hover:border-accent`}
          title={`${node.title} ${node.subtitle}`}
        >
          {content}
        </Link>
      )}
      {node.moreUp && <More way="up" title={node.title} onClick={() => onExpand(node.key, 'up')} />}
      {node.moreDown && <More way="down" title={node.title} onClick={() => onExpand(node.key, 'down')} />}
    </li>
  );
}

function More({
  way,
  title,
  onClick,
}: {
  readonly way: Way;
  readonly title: string;
  readonly onClick: () => void;
}): ReactNode {
  const label = rt(`lineage.more.${way}`, { title });
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className={`absolute top-1/2 inline-flex size-6 -translate-y-1/2 cursor-pointer items-center justify-center rounded-chip border border-line-strong bg-panel text-ink-2 hover:border-accent hover:text-accent ${
        way === 'up' ? '-left-[19px]' : '-right-[19px]'
      }`}
    >
      <Plus size={12} aria-hidden="true" />
    </button>
  );
}
