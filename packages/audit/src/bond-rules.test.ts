// O-17 by example: each way in which a slash can be wrong.
import { type DomainEvent, orderDigest } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { Sealer } from './testing/draft.ts'
import { address, GENESIS_SECONDS, L1, node, ROLLUP, sampleOrder, usdcRollup } from './testing/network.ts'
import { fill } from './testing/order-story.ts'
import { brokenIds, newAuditor } from './testing/run-story.ts'

type Slash = Extract<DomainEvent, { kind: 'bond-slashed' }>

const FILLED_AT = GENESIS_SECONDS + 24
const award = {
  by: 'auctioneer',
  auctioneer: address('auctioneer'),
  rule: 'first-price',
  closesAt: GENESIS_SECONDS + 3,
  exclusiveUntil: GENESIS_SECONDS + 200,
} as const
const order = sampleOrder({ award })
const slash = (change: Partial<Slash> = {}): Slash => ({
  kind: 'bond-slashed',
  orderId: orderDigest(order),
  solver: address('atlas'),
  user: address('alice'),
  chainId: ROLLUP,
  token: usdcRollup,
  amount: 300n,
  cause: 'faded',
  ...change,
})

/** atlas posts a bond of 500; `isKept` has it fill the order in time; then the auctioneer slashes. */
function brokenBy(slashes: readonly Slash[], isKept = false): string[] {
  const auditor = newAuditor()
  const sealer = new Sealer()
  const call = { kind: 'transfer', token: usdcRollup, to: address('auctioneer'), amount: 500n } as const
  const legs = [
    { kind: 'SOLVER' as const, owner: address('atlas'), token: usdcRollup, amount: -500n },
    { kind: 'USER' as const, owner: address('auctioneer'), token: usdcRollup, amount: 500n },
  ]
  const post = { from: 'atlas' as const, call, entries: [{ cause: 'transfer' as const, legs }], events: [] }
  auditor.block(sealer.seal({ chainId: ROLLUP, number: 1, transactions: [post] }))
  if (isKept)
    for (const block of sealer.blocks({
      chainId: L1,
      number: 2,
      transactions: [fill(order, { at: FILLED_AT })],
    }))
      auditor.block(block)
  for (const event of slashes) auditor.event(FILLED_AT * 1_000, node('auctioneer'), event)
  return brokenIds(auditor.finish()).filter((id) => id === 'O-17')
}

it('lets a bond be slashed for an award that was not kept, up to what is left', () => {
  expect(brokenBy([slash(), slash({ orderId: orderDigest(sampleOrder()), amount: 200n })])).toEqual([])
})

it.each<[string, Slash[], boolean]>([
  ['more than is left', [slash({ amount: 501n })], false],
  [
    'more than is left after another',
    [slash(), slash({ orderId: orderDigest(sampleOrder()), amount: 201n })],
    false,
  ],
  ['for one order twice', [slash({ amount: 100n }), slash({ amount: 100n })], false],
  ['for an award that was kept', [slash()], true],
  ['of who posted nothing', [slash({ solver: address('borealis') })], false],
  ['in a token that nobody posted', [slash({ chainId: L1 })], false],
])('catches a slash %s', (_name, slashes, isKept) => {
  expect(brokenBy(slashes, isKept)).toEqual(['O-17'])
})

it('a bid that was not opened is no award that could be kept', () => {
  expect(brokenBy([slash({ cause: 'unopened' })], true)).toEqual([])
})
