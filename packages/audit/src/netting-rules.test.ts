// O-18 by example: each way in which what an auctioneer pays for batches can be wrong.
import { type Address, ZERO_HASH } from '@solvent/primitives'
import type { DomainEvent } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import { address, GENESIS_SECONDS, L1, node, ROLLUP, usdcL1, usdcRollup } from './testing/network.ts'
import { brokenIds, newAuditor } from './testing/run-story.ts'

type Paid = Extract<DomainEvent, { kind: 'reward-paid' }>

const atlas = address('atlas')
const CLOSES_AT = GENESIS_SECONDS + 10

/** A batch in which atlas scores 500 of 500 and 420 would have been scored without it: it has added 80. A unit of its output is worth 1. */
const batch: Extract<DomainEvent, { kind: 'batch-closed' }> = {
  kind: 'batch-closed',
  batch: {
    auctioneer: address('auctioneer'),
    closesAt: CLOSES_AT,
    lots: [
      {
        orderId: ZERO_HASH as never,
        pair: `${L1}/${usdcL1}/${ROLLUP}/${usdcRollup}`,
        minAmount: 990n,
        priceE8: 1n,
        decimals: 0,
      },
    ],
    solutions: [],
    winners: [],
    rewards: [{ solver: atlas, score: 500n, reference: 420n }],
  },
}
/** A wei is worth a unit. */
const paid = (change: Partial<Paid> = {}): Paid => ({
  kind: 'reward-paid',
  solver: atlas,
  batch: CLOSES_AT,
  rewardE8: 80n,
  feeE8: 50n,
  paidE8: 50n,
  chainId: L1,
  gasPriceE8: 10n ** 18n,
  wei: 80n,
  ...change,
})
const later = (events: readonly DomainEvent[]): readonly DomainEvent[] =>
  events.map((event) => {
    if (event.kind === 'batch-closed')
      return { ...event, batch: { ...event.batch, closesAt: CLOSES_AT + 10 } }
    return event.kind === 'reward-paid' ? { ...event, batch: CLOSES_AT + 10 } : event
  })

/** atlas pays its auctioneer 50. */
function fee(token: Address): DraftTransaction {
  const legs = [
    { kind: 'SOLVER' as const, owner: atlas, token, amount: -50n },
    { kind: 'USER' as const, owner: address('auctioneer'), token, amount: 50n },
  ]
  const call = { kind: 'transfer', token, to: address('auctioneer'), amount: 50n } as const
  return { from: 'atlas', call, entries: [{ cause: 'transfer', legs }], events: [] }
}

const rollup = (number: number, ...transactions: DraftTransaction[]) => ({
  chainId: ROLLUP,
  number,
  transactions,
})
const FEE_PAID = [rollup(1, fee(usdcRollup))]

function isBroken(events: readonly DomainEvent[], drafts: readonly DraftBlock[] = FEE_PAID): boolean {
  const auditor = newAuditor()
  const sealer = new Sealer()
  for (const draft of drafts) auditor.block(sealer.seal(draft))
  for (const event of events) auditor.event(CLOSES_AT * 1_000, node('auctioneer'), event)
  return brokenIds(auditor.finish()).includes('O-18')
}

it('lets a reward be paid, less what is owed of the fee, and nets what is left of it later', () => {
  expect(isBroken([batch, paid()])).toBe(false)
  expect(isBroken([batch, paid({ rewardE8: 60n, paidE8: 20n, wei: 30n })])).toBe(false)
  // 10 − 50 is owed; of the next 80 only 40 leave.
  const first = paid({ rewardE8: 10n, paidE8: 0n, wei: 0n })
  const second = [batch, paid({ feeE8: 0n, paidE8: 0n, wei: 40n })]
  expect(isBroken([batch, first, ...later(second)])).toBe(false)
})

it.each<[string, readonly DomainEvent[]]>([
  ['more than is due', [batch, paid({ wei: 81n })]],
  ['less than is due', [batch, paid({ wei: 79n })]],
  ['while it owes', [batch, paid({ rewardE8: 10n, paidE8: 0n, wei: 1n })]],
  [
    'without netting what was owed',
    [batch, paid({ rewardE8: 10n, paidE8: 0n, wei: 0n }), ...later([batch, paid({ feeE8: 0n, paidE8: 0n })])],
  ],
  ['more than the batch has gained', [batch, paid({ rewardE8: 81n, wei: 81n })]],
  ['for one batch twice', [batch, paid(), paid({ feeE8: 0n, paidE8: 0n })]],
  ['for a batch that was not decided', [paid()]],
  ['with a fee above the score', [batch, paid({ feeE8: 501n, paidE8: 0n, wei: 0n, rewardE8: 80n })]],
  ['with less than no fee', [batch, paid({ feeE8: 0n, paidE8: -1n, wei: 79n })]],
  ['with more paid than the fee', [batch, paid({ feeE8: 40n, wei: 90n })]],
  [
    'with fees that no block says were paid',
    [batch, paid(), ...later([batch, paid({ feeE8: 1n, paidE8: 1n })])],
  ],
  [
    'at another price',
    [batch, paid(), ...later([batch, paid({ feeE8: 0n, paidE8: 0n, gasPriceE8: 10n ** 18n + 1n })])],
  ],
])('catches what is paid %s', (_name, events) => {
  expect(isBroken(events)).toBe(true)
})

it('pays in an asset at its price, a whole unit below', () => {
  // 80 are worth 26 and two thirds.
  const dear = (wei: bigint) => [batch, paid({ gasPriceE8: 3n * 10n ** 18n, wei })]
  expect(isBroken(dear(26n))).toBe(false)
  expect(isBroken(dear(27n))).toBe(true)
})

it('counts as paid what transfers are worth at the price of the batch', () => {
  // 50 tenths at 3: 15.
  const dear = batch.batch.lots.map((lot) => ({ ...lot, priceE8: 3n, decimals: 1 }))
  const priced = { ...batch, batch: { ...batch.batch, lots: dear } }
  const credited = (paidE8: bigint) => [priced, paid({ feeE8: paidE8, paidE8 })]
  expect(isBroken(credited(15n))).toBe(false)
  expect(isBroken(credited(16n))).toBe(true)
})

it('counts transfers that were made, and judges no fees where one has no price', () => {
  const unpaid = { ...fee(usdcRollup), entries: [], reverted: 'insufficient-balance' as const }
  expect(isBroken([batch, paid()], [rollup(1, unpaid)])).toBe(true)
  const more = [batch, paid(), ...later([batch, paid({ feeE8: 1n, paidE8: 1n })])]
  expect(isBroken(more)).toBe(true)
  const other = { chainId: L1, number: 1, transactions: [fee(usdcL1)] }
  expect(isBroken(more, [...FEE_PAID, other])).toBe(false)
})

it('counts a transfer once, though another branch brings it again', () => {
  const auditor = newAuditor()
  const sealer = new Sealer()
  const priced = { ...batch.batch.lots[0]!, pair: `${ROLLUP}/${usdcRollup}/${L1}/${usdcL1}` }
  const root = sealer.seal({ chainId: L1, number: 1, transactions: [] })
  auditor.block(root)
  auditor.block(sealer.seal({ chainId: L1, number: 2, transactions: [fee(usdcL1)] }))
  auditor.block(sealer.seal({ chainId: L1, number: 3, transactions: [fee(usdcL1)], parent: root }))
  const decided = { ...batch, batch: { ...batch.batch, lots: [priced] } }
  for (const event of [decided, paid({ feeE8: 51n, paidE8: 51n })])
    auditor.event(CLOSES_AT * 1_000, node('auctioneer'), event)
  expect(brokenIds(auditor.finish())).toContain('O-18')
})

it('lets a period be shared as its budget says, once', () => {
  const record = { solver: atlas, won: 1, settled: 1, proposed: [], reward: 30n }
  const shared: DomainEvent = { kind: 'consistency-shared', shares: { budget: 30n, records: [record] } }
  const share = paid({ batch: null, rewardE8: 30n, feeE8: 0n, paidE8: 0n, wei: 30n })
  expect(isBroken([shared, share])).toBe(false)
  expect(isBroken([shared, { ...share, rewardE8: 31n, wei: 31n }])).toBe(true)
  expect(isBroken([shared, share, share])).toBe(true)
  expect(isBroken([shared, { ...share, feeE8: 1n, wei: 29n }])).toBe(true)
})

it('judges a live node by its events, but not what it has paid since before it was heard', () => {
  const judged = (events: readonly DomainEvent[]) => {
    const auditor = newAuditor()
    for (const event of events) auditor.event(CLOSES_AT * 1_000, node('auctioneer'), event)
    return brokenIds(auditor.finish()).includes('O-18')
  }
  expect(judged([batch, paid()])).toBe(false)
  expect(judged([batch, paid({ wei: 81n })])).toBe(true)
  expect(judged([paid({ wei: 81n }), ...later([batch, paid({ wei: 7n })])])).toBe(false)
})
