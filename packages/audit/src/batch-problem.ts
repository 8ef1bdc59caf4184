// A batch decided again, for O-14: filter, greedy winners, references. Source: CoW Protocol, docs …/auctions/competition_rules.md and
// services/crates/winner-selection: scores per directed pair, single-pair solutions are never filtered, winners by total score with
// disjoint pairs, at most 20; the reference of a winner is the same pick without it.
import type { BatchOutcome } from '@solvent/protocol'

const MOST_WINNERS = 20

interface Scored {
  readonly hash: string
  readonly solver: string
  readonly pairs: ReadonlyMap<string, bigint>
  readonly total: bigint
}

/** What is wrong with a batch, or null. */
export function batchProblem({ lots, solutions, winners, rewards }: BatchOutcome): string | null {
  const lotOf = new Map(lots.map((lot) => [lot.orderId, lot]))
  const scored: Scored[] = []
  for (const { hash, solver, items } of solutions) {
    const pairs = new Map<string, bigint>()
    let total = 0n
    for (const { orderId, outputAmount } of items) {
      const lot = lotOf.get(orderId)
      if (lot === undefined) return `solution ${hash} has order ${orderId}, which is not of the batch`
      if (outputAmount < lot.minAmount) return `solution ${hash} is below the limit of order ${orderId}`
      const score = ((outputAmount - lot.minAmount) * lot.priceE8) / 10n ** BigInt(lot.decimals)
      pairs.set(lot.pair, (pairs.get(lot.pair) ?? 0n) + score)
      total += score
    }
    scored.push({ hash, solver, pairs, total })
  }
  const alone = (pair: string): bigint =>
    scored.reduce(
      (best, { pairs, total }) => (pairs.size === 1 && pairs.has(pair) && total > best ? total : best),
      0n,
    )
  const fair = scored
    .filter(
      ({ pairs, total }) =>
        total > 0n && (pairs.size < 2 || [...pairs].every(([pair, score]) => score >= alone(pair))),
    )
    .sort((a, b) => (a.total === b.total ? order(a, b) : a.total > b.total ? -1 : 1))
  const due = pick(fair, null)
  const names = due.map(({ hash }) => hash)
  if (names.join() !== winners.join())
    return `names ${winners.join() || 'nobody'}, due is ${names.join() || 'nobody'}`
  for (const { solver, score, reference } of rewards) {
    const own = sum(due.filter((each) => each.solver === solver))
    if (score !== own) return `scores ${solver} at ${score}, its solutions at ${own}`
    const without = sum(pick(fair, solver))
    if (reference !== without) return `the batch without ${solver} scores ${without}, not ${reference}`
  }
  const unpaid = due.find(({ solver }) => !rewards.some((each) => each.solver === solver))
  return unpaid === undefined ? null : `does not score ${unpaid.solver}, which won`
}

function pick(ranked: readonly Scored[], without: string | null): Scored[] {
  const taken = new Set<string>()
  const picked: Scored[] = []
  for (const each of ranked) {
    const isFree = [...each.pairs.keys()].every((pair) => !taken.has(pair))
    if (picked.length === MOST_WINNERS || each.solver === without || !isFree) continue
    for (const pair of each.pairs.keys()) taken.add(pair)
    picked.push(each)
  }
  return picked
}

function sum(solutions: readonly Scored[]): bigint {
  return solutions.reduce((all, { total }) => all + total, 0n)
}

function order(a: Scored, b: Scored): number {
  if (a.solver !== b.solver) return a.solver < b.solver ? -1 : 1
  return a.hash < b.hash ? -1 : 1
}
