import { ZERO_ADDRESS } from '@solvent/primitives'
import { orderDigest } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { address, GENESIS_SECONDS, parties, sampleOrder, smallNetwork } from '../testing/small-network.ts'
import { countOrders, type OutcomeContext, orderOutcome } from './order-outcome.ts'
import type { OrderFacts } from './outcome-book.ts'

/** Signed at genesis: open within 300 s, filled within 600 s, refundable after 1,800 s. */
const order = sampleOrder()
const fill = { solver: address('atlas'), payee: address('atlas'), outputAmount: 9_960_000_000n, atSeconds: 0 }

const facts = (change: Partial<OrderFacts> = {}): OrderFacts => ({
  id: orderDigest(order),
  order,
  part: null,
  parts: 0,
  award: null,
  isOpened: true,
  isCancelled: false,
  isProven: false,
  provenFor: null,
  isClaimed: false,
  isRefunded: false,
  fill: null,
  proof: null,
  ...change,
})

const context = (second: number, change: Partial<OutcomeContext> = {}): OutcomeContext => ({
  spec: smallNetwork,
  users: [parties['user-1']],
  now: GENESIS_SECONDS + second,
  attesterCount: () => 0,
  isProverPaused: () => false,
  ...change,
})

const noBids = {
  orderId: orderDigest(order),
  auctioneer: address('auctioneer-1'),
  winner: ZERO_ADDRESS,
  outputAmount: 0n,
  exclusiveUntil: GENESIS_SECONDS + 300,
  bids: [],
}

describe('the end of an order', () => {
  it.each<[string, Partial<OrderFacts>, number]>([
    ['pending', { isOpened: false }, 300],
    ['expired', { isOpened: false }, 301],
    ['rejected', { isOpened: false, award: noBids }, 301],
    ['cancelled', { isOpened: false, isCancelled: true }, 301],
    ['pending', { fill }, 5_000],
    ['pending', { isCancelled: true }, 5_000],
    ['refunded', { isRefunded: true }, 1_801],
    ['refunded', { isRefunded: true, fill }, 1_801],
    ['settled', { isProven: true, isClaimed: true, fill }, 700],
  ])('is %s', (end, change, second) => {
    expect(orderOutcome(facts(change), context(second)).end).toBe(end)
  })
})

describe('a receivable', () => {
  const state = (change: Partial<OrderFacts>, second: number, more: Partial<OutcomeContext> = {}) => {
    const { receivable, atRisk } = orderOutcome(facts({ fill, ...change }), context(second, more))
    return `${receivable}${atRisk ? ', at risk' : ''}`
  }
  const paused = { isProverPaused: () => true }

  it('is held until a quorum has attested it: two of three here', () => {
    expect(state({}, 700)).toBe('held')
    expect(state({}, 700, { attesterCount: () => 1 })).toBe('held')
    expect(state({}, 700, { attesterCount: () => 2 })).toBe('attested')
    expect(state({ isProven: true }, 700)).toBe('proven')
    expect(state({ isProven: true, isClaimed: true }, 700)).toBe('claimed')
  })

  it('is at risk while its prover stands still, and past its expiry', () => {
    expect(state({}, 700, paused)).toBe('held, at risk')
    expect(state({}, 1_801)).toBe('held, at risk')
    expect(state({ isProven: true }, 1_801, paused)).toBe('proven')
  })

  it('is stranded when nobody will pay for it', () => {
    expect(state({}, 1_801, paused)).toBe('stranded')
    expect(state({ isRefunded: true }, 1_801)).toBe('stranded')
    expect(state({ isCancelled: true }, 1_801)).toBe('stranded')
    expect(state({ isOpened: false }, 300)).toBe('held')
    expect(state({ isOpened: false }, 301)).toBe('stranded')
  })

  it('is stranded when another was proven to have filled, whether paid yet or not', () => {
    const mallory = address('borealis')
    expect(state({ isProven: true, provenFor: mallory }, 700)).toBe('stranded')
    expect(state({ isProven: true, isClaimed: true, provenFor: mallory }, 700)).toBe('stranded')
    expect(state({ isProven: true, isClaimed: true, provenFor: fill.payee }, 700)).toBe('claimed')
  })

  it('does not exist before the fill', () => {
    expect(orderOutcome(facts(), context(700)).receivable).toBeNull()
  })
})

it('is stolen once its escrow has paid who did not fill it', () => {
  const stolen = (change: Partial<OrderFacts>) => orderOutcome(facts(change), context(700)).stolen
  const proven = { isProven: true, provenFor: fill.payee }
  expect(stolen(proven)).toBe(false)
  expect(stolen({ ...proven, isClaimed: true })).toBe(true)
  expect(stolen({ ...proven, isClaimed: true, fill })).toBe(false)
})

it('counts every state that an order ever reached', () => {
  const all = [
    facts({ isProven: true, isClaimed: true, fill }),
    facts({ isRefunded: true, fill }),
    facts({ isRefunded: true, isCancelled: true }),
    facts({ isOpened: false }),
    facts({ isOpened: false, award: noBids }),
    facts({ fill }),
  ]
  const at = context(2_000)
  expect(
    countOrders(
      all,
      all.map((each) => orderOutcome(each, at)),
      at.now,
    ),
  ).toEqual({
    signed: 6,
    parts: 0,
    opened: 4,
    filled: 3,
    settled: 1,
    refunded: 2,
    stolen: 0,
    stranded: 1,
    // One never opened, one opened and never filled; the rejected one is counted as such.
    expired: 2,
    cancelled: 1,
    rejected: 1,
    pending: 1,
    atRisk: 1,
  })
})
