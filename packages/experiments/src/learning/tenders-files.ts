// The tables of a study of tenders: sessions, bidders, blocks; and of session 1 the last tenders with all bids and who is what, as `solvent screen` reads them.
import type { KeptTender, TendersOutcome } from '@solvent/collusion'

/** Of a bid or a cost that is nothing: one unit of money. A screen takes only what is above zero. */
const LEAST_PRICE = 1e-12

/** File name → content. */
export function tendersFiles(outcomes: readonly TendersOutcome[], reserve: number): Map<string, string> {
  const [first] = outcomes
  const files = new Map([
    ['sessions.csv', sessionTable(outcomes)],
    ['bidders.csv', bidderTable(outcomes)],
    ['blocks.csv', blockTable(outcomes)],
  ])
  if (first === undefined) return files
  files.set('labels.csv', labelTable(first))
  if (first.kept.length > 0) files.set('tenders.csv', tenderTable(first, reserve))
  return files
}

function sessionTable(outcomes: readonly TendersOutcome[]): string {
  return csv(
    [
      ...['session', 'converged', 'periods', 'price', 'competitive_price', 'overcharge'],
      ...['filled', 'contested', 'hhi', 'winner_cost', 'excess_cost', 'fades'],
    ],
    outcomes.map((outcome, index) => [
      ...[index + 1, outcome.converged, outcome.periods],
      ...[outcome.price, outcome.competitivePrice, outcome.overcharge],
      ...[outcome.filled, outcome.contested, outcome.hhi],
      ...[outcome.winnerCost, outcome.excessCost, outcome.fades],
    ]),
  )
}

function bidderTable(outcomes: readonly TendersOutcome[]): string {
  return csv(
    ['session', 'bidder', 'share', 'profit', 'side_payments', 'regret', 'regret_bound'],
    outcomes.flatMap(({ bidders }, index) =>
      bidders.map(({ name, share, profit, sidePayments, regret, regretBound }) => [
        ...[index + 1, name, share, profit, sidePayments, regret, regretBound],
      ]),
    ),
  )
}

function blockTable(outcomes: readonly TendersOutcome[]): string {
  return csv(
    ['session', 'block', 'price', 'competitive_price', 'filled', 'hhi'],
    outcomes.flatMap(({ blocks }, index) =>
      blocks.price.map((price, block) => [
        ...[index + 1, block + 1, price, blocks.competitivePrice?.[block] ?? null],
        ...[blocks.filled[block] ?? null, blocks.hhi[block] ?? null],
      ]),
    ),
  )
}

/** Who is what. */
function labelTable({ bidders }: TendersOutcome): string {
  return csv(
    ['bidder', 'strategy', 'conduct', 'ring'],
    bidders.map(({ name, strategy, conduct, ring }) => [name, strategy, conduct, ring.join(' ')]),
  )
}

/** A row a bid; whoever did not bid has an empty one. */
function tenderTable({ kept, bidders }: TendersOutcome, reserve: number): string {
  const rows = kept.flatMap((tender: KeptTender) =>
    bidders.map(({ name, conduct }, at) => {
      const bid = tender.bids[at] ?? null
      return [
        ...[tender.id, name, bid === null ? null : Math.max(LEAST_PRICE, bid)],
        ...[Math.max(LEAST_PRICE, tender.costs[at] ?? 0), reserve, tender.chain, tender.asset, tender.time],
        conduct,
      ]
    }),
  )
  return csv(['tender', 'bidder', 'bid', 'cost', 'reserve', 'chain', 'asset', 'time', 'conduct'], rows)
}

/** Names have no commas, so that nothing needs quotes. */
function csv(
  head: readonly string[],
  rows: readonly (readonly (string | number | boolean | null)[])[],
): string {
  return `${[head, ...rows].map((row) => row.map((cell) => cell ?? '').join(',')).join('\n')}\n`
}
