// How much of an objective's variance one factor explains alone: the predicted R² (1 − PRESS / SS) of the ranks, where each observation is
// foretold from the others of its group and is worth nothing when it has none. So chance scores 0 on average, and a factor that has
// another word in each observation exactly 0. Ranks, so that one diverged run does not count for more than all others.
// From: Allen, Technometrics 16 (1974), PRESS; Kruskal, Wallis, JASA 47 (1952), analysis of variance by ranks.
// Numbers are grouped by quantiles, which finds a best value in the middle; with too few for that it is a straight line through ranks.

/** A number, a word, or undefined where an observation has none. */
export type FactorValue = number | string | undefined;

/** A group of fewer says little: with 15 observations there are 3 groups of 5. */
const LEAST_PER_BIN = 5;
const MOST_BINS = 10;
const LEAST_BINS = 3;
/** Below it any two groups differ by chance. */
const LEAST_OBSERVATIONS = 4;

/**
 * The share of the variance of `objective` (finite numbers) that `factor` explains alone, 0…1; both have one element per observation. 0 when
 * there are fewer than 4 observations, when the objective or the factor never varies, or every word is another one.
 */
export function importance(objective: Float64Array, factor: readonly FactorValue[]): number {
  const n = objective.length;
  if (n < LEAST_OBSERVATIONS) return 0;
  const ranks = midranks(objective);
  const present = factor.filter((value) => value !== undefined);
  const distinct = new Set(present).size;
  const isWord = present.some((value) => typeof value === 'string');
  // A number of few values, such as a depth, is its own group.
  const isFew = distinct <= MOST_BINS && 2 * distinct <= present.length;
  if (isWord || isFew) return explained(ranks, factor.map(String));
  const bins = Math.min(MOST_BINS, Math.floor(present.length / LEAST_PER_BIN));
  if (bins < LEAST_BINS && present.length === n)
    return monotone(ranks, Float64Array.from(present as number[]));
  return explained(ranks, quantileGroups(factor as readonly (number | undefined)[], Math.max(1, bins)));
}

/** Foretells each rank by the mean of the others of its group. */
function explained(ranks: Float64Array, groups: readonly string[]): number {
  const sums = new Map<string, { sum: number; count: number }>();
  groups.forEach((group, at) => {
    const of = sums.get(group) ?? { sum: 0, count: 0 };
    sums.set(group, { sum: of.sum + (ranks[at] as number), count: of.count + 1 });
  });
  return predicted(ranks, (rank, at) => {
    const { sum = 0, count = 0 } = sums.get(groups[at] ?? '') ?? {};
    return count < 2 ? undefined : rank - (sum - rank) / (count - 1);
  });
}

/** Foretells each rank by the line through the others: the residual of the line through all, divided by 1 − leverage. */
function monotone(ranks: Float64Array, values: Float64Array): number {
  const n = ranks.length;
  const others = midranks(values);
  const mean = (n + 1) / 2;
  let both = 0;
  let spread = 0;
  for (let at = 0; at < n; at += 1) {
    const x = (others[at] as number) - mean;
    both += x * ((ranks[at] as number) - mean);
    spread += x * x;
  }
  if (spread === 0) return 0;
  return predicted(ranks, (rank, at) => {
    const x = (others[at] as number) - mean;
    const free = 1 - 1 / n - (x * x) / spread;
    return free < 1e-9 ? undefined : (rank - mean - (both / spread) * x) / free;
  });
}

/** What a prediction without the observation itself saves of the squares that the mean of all others leaves, 0…1. @param miss by how much; undefined: nothing foretells it. */
function predicted(ranks: Float64Array, miss: (rank: number, at: number) => number | undefined): number {
  const n = ranks.length;
  const mean = (n + 1) / 2;
  let press = 0;
  let total = 0;
  ranks.forEach((rank, at) => {
    const byMean = ((rank - mean) * n) / (n - 1);
    total += byMean ** 2;
    press += (miss(rank, at) ?? byMean) ** 2;
  });
  return total === 0 ? 0 : Math.max(0, 1 - press / total);
}

/** Groups of about equal size by value; equal values are never parted, those without a value are a group of their own. */
function quantileGroups(values: readonly (number | undefined)[], bins: number): readonly string[] {
  const present = values.filter((value) => value !== undefined).toSorted((a, b) => a - b);
  const perBin = present.length / bins;
  const binOf = new Map<number, string>();
  present.forEach((value, at) => {
    if (!binOf.has(value)) binOf.set(value, String(Math.floor(at / perBin)));
  });
  return values.map((value) => (value === undefined ? 'none' : (binOf.get(value) ?? '')));
}

/** Ranks from 1; equal values share the mean of theirs. */
function midranks(values: Float64Array): Float64Array {
  const order = Array.from(values, (_, at) => at).toSorted(
    (a, b) => (values[a] as number) - (values[b] as number),
  );
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to += 1;
    for (let at = from; at < to; at += 1) ranks[order[at] as number] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}
