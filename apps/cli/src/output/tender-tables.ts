// What a study of tenders came to, as tables: figures, bidders with the truth about them, and how play went on, block by block.
import type { Figure, TendersSummary } from '@solvent/experiments'
import { percent } from './figure-rows.ts'
import { table } from './table.ts'

const DIGITS = 4

export function tenderFigures(summary: TendersSummary): (readonly [string, Figure, number])[] {
  const { price, competitivePrice, overcharge, filled, hhi, excessCost, fades, periods } = summary
  return [
    ['price (parts of the value)', price, DIGITS],
    ...(competitivePrice === null
      ? []
      : [['price in the counterfactual', competitivePrice, DIGITS] as const]),
    ...(overcharge === null ? [] : [['overcharge', overcharge, DIGITS] as const]),
    ['orders filled', filled, DIGITS],
    ['HHI', hhi, 3],
    ['dearer than the cheapest by', excessCost, DIGITS],
    ...(fades.mean === 0 ? [] : [['fades per tender', fades, DIGITS] as const]),
    ['tenders until the price stood still', periods, 0],
  ]
}

export function tenderTables({ bidders, blocks }: TendersSummary): string {
  const hasSidePayments = bidders.some(({ sidePayments }) => sidePayments.mean !== 0)
  const who = table(
    [
      ...['bidder', 'strategy', 'conduct', 'ring', 'share', 'profit per tender'],
      ...(hasSidePayments ? ['of it from its ring'] : []),
      ...['regret per tender', 'proved'],
    ],
    bidders.map(({ id, strategy, conduct, ring, share, profit, sidePayments, regret, regretBound }) => [
      ...[id, strategy, conduct, ring.join(' '), percent(share.mean), profit.mean.toFixed(DIGITS)],
      ...(hasSidePayments ? [sidePayments.mean.toFixed(DIGITS)] : []),
      regret === null ? '' : regret.mean.toFixed(DIGITS),
      regretBound === null ? '' : `≤ ${regretBound.toFixed(DIGITS)}`,
    ]),
  )
  const course = table(
    ['block', 'price', ...(blocks.competitivePrice === null ? [] : ['counterfactual']), 'filled', 'HHI'],
    blocks.price.map((price, block) => [
      String(block + 1),
      price.toFixed(DIGITS),
      ...(blocks.competitivePrice === null ? [] : [(blocks.competitivePrice[block] ?? 0).toFixed(DIGITS)]),
      percent(blocks.filled[block] ?? 0),
      (blocks.hhi[block] ?? 0).toFixed(3),
    ]),
  )
  return `${who}\n\n${course}`
}
