// Rules that read what nodes record and what the runtime does: O-13, O-14, O-15, R-4, T-1, T-5, L-9.
import { type Address, asHash32, type OrderId, ZERO_ADDRESS } from '@solvent/primitives'
import { type Award, awardDigest, type DomainEvent, type Order, orderDigest } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { MAX_BREACHES_PER_ID, neverEvaluated } from './audit-report.ts'
import type { Auditor } from './auditor.ts'
import { invariantCatalogue } from './catalogue/invariant-catalogue.ts'
import { createAuditor } from './create-auditor.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import {
  address,
  GENESIS_SECONDS,
  genesis,
  L1,
  node,
  party,
  ROLLUP,
  sampleOrder,
  sign,
  spec,
  usdcL1,
  verifier,
} from './testing/network.ts'
import { fill, open } from './testing/order-story.ts'
import { audit, brokenIds, newAuditor } from './testing/run-story.ts'

const l1 = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: L1,
  number,
  transactions,
})
const rollup = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: ROLLUP,
  number,
  transactions,
})
const hash = (digit: string) => asHash32(`0x${digit.repeat(64)}`)

const auctioned = (
  rule: 'first-price' | 'second-price' | 'reputation' = 'first-price',
  change: Partial<Order> = {},
): Order =>
  sampleOrder({
    award: {
      by: 'auctioneer',
      auctioneer: address('auctioneer'),
      rule,
      closesAt: GENESIS_SECONDS + 10,
      exclusiveUntil: GENESIS_SECONDS + 100,
    },
    ...change,
  })

const bids = [
  { solver: address('atlas'), outputAmount: 995n, bidHash: hash('1') },
  { solver: address('borealis'), outputAmount: 992n, bidHash: hash('2') },
]

function awardOf(order: Order, change: Partial<Award> = {}): Award {
  return {
    orderId: orderDigest(order),
    auctioneer: address('auctioneer'),
    winner: address('atlas'),
    outputAmount: 995n,
    exclusiveUntil: GENESIS_SECONDS + 100,
    bids,
    ...change,
  }
}

function after(...events: DomainEvent[]): string[] {
  const auditor = newAuditor()
  for (const event of events) auditor.event(spec.genesisMs, node('atlas'), event)
  return brokenIds(auditor.finish(spec.genesisMs + 3_600_000))
}

describe('O-14', () => {
  const closed = (change: Partial<Award>, rule: 'first-price' | 'second-price' = 'first-price'): string[] => {
    const order = auctioned(rule)
    return after({ kind: 'auction-closed', award: awardOf(order, change), order })
  }

  it('accepts both prices, a lone bid and an auction without bids', () => {
    expect(closed({})).toEqual([])
    expect(closed({ outputAmount: 992n }, 'second-price')).toEqual([])
    expect(closed({ outputAmount: 990n, bids: bids.slice(0, 1) }, 'second-price')).toEqual([])
    expect(closed({ winner: ZERO_ADDRESS, outputAmount: 0n, bids: [] })).toEqual([])
  })

  it.each<[string, Partial<Award>]>([
    ['a winner that is not the best', { winner: address('borealis'), outputAmount: 992n }],
    ["a price that is not the winner's bid", { outputAmount: 992n }],
    ['bids out of order', { bids: [...bids].reverse() }],
    [
      'a bid below the reserve',
      { bids: [...bids, { solver: address('relayer'), outputAmount: 989n, bidHash: hash('3') }] },
    ],
    [
      'two bids of one solver',
      { bids: [...bids, { solver: address('atlas'), outputAmount: 991n, bidHash: hash('3') }] },
    ],
    ['a winner without bids', { bids: [] }],
    ["another window than the order's", { exclusiveUntil: GENESIS_SECONDS + 101 }],
    ['another order', { orderId: hash('9') as OrderId }],
    ['a stranger as auctioneer', { auctioneer: address('atlas') }],
  ])('catches %s', (_what, change) => {
    expect(closed(change)).toEqual(['O-14'])
  })

  it('decides by records where they select: the highest product of surplus and weight, at its own bid', () => {
    // Surpluses of 5 (atlas) and 2 (borealis).
    const selected = (winner: 'atlas' | 'borealis', outputAmount: bigint, weightsPpm?: readonly number[]) => {
      const order = auctioned('reputation')
      const award = awardOf(order, { winner: address(winner), outputAmount })
      return after({
        kind: 'auction-closed',
        award,
        order,
        ...(weightsPpm === undefined ? {} : { weightsPpm }),
      })
    }
    expect(selected('atlas', 995n, [400_000, 1_000_000])).toEqual([])
    expect(selected('borealis', 992n, [399_999, 1_000_000])).toEqual([])
    expect(selected('borealis', 992n)).toEqual([])
    expect(selected('borealis', 992n, [400_000, 1_000_000])).toEqual(['O-14'])
    expect(selected('atlas', 995n, [399_999, 1_000_000])).toEqual(['O-14'])
    expect(selected('borealis', 991n)).toEqual(['O-14'])
    expect(selected('borealis', 992n, [0, 1_000_001])).toEqual(['O-14'])
    expect(selected('borealis', 992n, [0])).toEqual(['O-14'])
    // Records are not known everywhere; that whoever wins has bid what it owes is.
    const nobody = (winner: Award['winner'], outputAmount: bigint) => {
      const order = auctioned('reputation')
      return after({ kind: 'auction-closed', award: awardOf(order, { winner, outputAmount }), order })
    }
    expect(nobody(address('relayer'), 995n)).toEqual(['O-14'])
    expect(nobody(ZERO_ADDRESS, 0n)).toEqual(['O-14'])
  })

  it('breaks ties by solver and then by bid hash', () => {
    const tied = bids
      .map((bid) => ({ ...bid, outputAmount: 995n }))
      .sort((a, b) => (a.solver < b.solver ? -1 : 1))
    expect(closed({ bids: tied, winner: tied[0]!.solver })).toEqual([])
    expect(closed({ bids: [...tied].reverse(), winner: tied[1]!.solver })).toEqual(['O-14'])
  })

  it('judges the award that a chain acts on, and its signature', () => {
    const order = auctioned()
    const used = (
      award: Award,
      signer: 'auctioneer' | 'atlas' = 'auctioneer',
      by: 'atlas' | 'borealis' = 'atlas',
    ): string[] => {
      const signed = { award, signature: sign(signer, awardDigest(award)) }
      const filled = fill(order, { at: GENESIS_SECONDS + 24, by, amount: 995n, award: signed })
      return brokenIds(audit([rollup(6, open(order, { by, award: signed })), l1(2, filled)]))
    }
    expect(used(awardOf(order))).toEqual([])
    expect(used(awardOf(order), 'atlas')).toEqual(['O-14'])
    expect(used(awardOf(order, { winner: address('borealis') }), 'auctioneer', 'borealis')).toEqual(['O-14'])
    expect(used(awardOf(order), 'auctioneer', 'borealis')).toEqual(['O-12'])
  })
})

describe('O-14 of a committee', () => {
  const members = ['auctioneer', 'v1', 'v2'] as const
  const ofCommittee = {
    ...spec,
    auctioneers: members.map(party),
    sealCommittee: { members: members.map(node), threshold: 2 },
  }
  const broken = (
    by: (typeof members)[number],
    at: number,
    rule: 'sealed-encrypted' | 'first-price',
    of = ofCommittee,
    named: (typeof members)[number] = 'auctioneer',
  ) => {
    const auditor = createAuditor({ spec: of, genesis, verifier, applicable: 'sim' })
    const order = auctioned('first-price')
    const sealed =
      order.award.by === 'auctioneer'
        ? { ...order, award: { ...order.award, rule, auctioneer: address(named) } }
        : order
    const award = awardOf(sealed, { auctioneer: address(by) })
    const signed = { award, signature: sign(by, awardDigest(award)) }
    const sealer = new Sealer()
    const filled = fill(sealed, { at: GENESIS_SECONDS + at, by: 'atlas', amount: 995n, award: signed })
    const opened = open(sealed, { by: 'atlas', award: signed })
    for (const draft of [rollup(at / 2, opened), l1(at / 12, filled)])
      for (const block of sealer.blocks(draft)) auditor.block(block)
    return brokenIds(auditor.finish())
  }

  it('takes the award of another member when its turn has come, of its committee and for bids that this opens', () => {
    // Bids close at 10 and are opened until 20; v1 waits ten seconds, v2 twenty.
    expect(broken('auctioneer', 24, 'sealed-encrypted')).toEqual([])
    expect(broken('v1', 24, 'sealed-encrypted')).toEqual(['O-14'])
    expect(broken('v1', 36, 'sealed-encrypted')).toEqual([])
    expect(broken('v2', 36, 'sealed-encrypted')).toEqual(['O-14'])
    expect(broken('v2', 48, 'sealed-encrypted')).toEqual([])
    expect(broken('auctioneer', 24, 'sealed-encrypted', ofCommittee, 'v1')).toEqual(['O-14'])
    expect(broken('auctioneer', 36, 'sealed-encrypted', ofCommittee, 'v1')).toEqual(['O-14'])
    expect(broken('auctioneer', 48, 'sealed-encrypted', ofCommittee, 'v1')).toEqual([])
    expect(broken('v1', 48, 'first-price')).toEqual(['O-14'])
    const { sealCommittee, ...none } = ofCommittee
    expect(sealCommittee.threshold).toBe(2)
    expect(broken('v1', 48, 'sealed-encrypted', none as typeof ofCommittee)).toEqual(['O-14'])
  })
})

describe('O-13', () => {
  const order = auctioned()
  const orderId = orderDigest(order)
  type Inventory = Extract<DomainEvent, { reserved: bigint }>
  const reserve = (change: Partial<Inventory> = {}): Inventory => ({
    kind: 'inventory-reserved',
    solver: address('borealis'),
    chainId: L1,
    token: usdcL1,
    orderId,
    amount: 992n,
    reserved: 992n,
    balance: 1_000n,
    reason: 'bid',
    ...change,
  })
  const release = (change: Partial<Inventory> = {}): Inventory =>
    reserve({ kind: 'inventory-released', reserved: 0n, reason: 'lost', ...change })
  const lost: DomainEvent = { kind: 'auction-closed', award: awardOf(order), order }

  it('accepts a reservation that is freed when the auction is lost', () => {
    expect(after(reserve(), lost, release())).toEqual([])
  })

  it('catches one that is kept', () => {
    expect(after(reserve(), lost)).toEqual(['O-13'])
  })

  it('catches one that outlives the order', () => {
    expect(
      after({ kind: 'order-signed', orderId, order, signature: sign('alice', orderId) }, reserve()),
    ).toEqual(['O-13'])
  })

  it('forgives a node that is down, and asks it again when it is back', () => {
    const down: DomainEvent = { kind: 'fault', fault: 'crash', target: 'borealis', phase: 'begin' }
    expect(after(reserve(), down, lost)).toEqual([])
  })

  it('catches more reserved than held, and a sum that does not add up', () => {
    expect(after(reserve({ balance: 991n }), release())).toEqual(['O-13'])
    expect(after(reserve({ reserved: 900n }), release())).toEqual(['O-13'])
  })

  it('catches a release of what was never reserved', () => {
    expect(after(release({ reserved: -992n }))).toEqual(['L-3'])
  })
})

describe('R-4', () => {
  const commit = (digest: string, slot = 'bid/1', signer: Address = address('atlas')): DomainEvent => ({
    kind: 'commitment',
    slot,
    digest: hash(digest),
    signer,
  })

  it('accepts a promise that is repeated', () => {
    expect(
      after(
        commit('1'),
        { kind: 'node-restarted', role: 'solver' },
        commit('1'),
        commit('2', 'bid/2'),
        commit('2', 'bid/1', address('borealis')),
      ),
    ).toEqual([])
  })

  it('catches a promise that changes over a restart', () => {
    expect(after(commit('1'), { kind: 'node-restarted', role: 'solver' }, commit('2'))).toEqual(['R-4'])
  })
})

describe('O-15 at a node', () => {
  it('catches an order that is accepted twice, and not after a restart', () => {
    const order = sampleOrder()
    const orderId = orderDigest(order)
    const accepted: DomainEvent = {
      kind: 'order-accepted',
      orderId,
      order,
      signature: sign('alice', orderId),
    }
    expect(after(accepted, accepted)).toEqual(['O-15'])
    expect(after(accepted, { kind: 'node-restarted', role: 'solver' }, accepted)).toEqual([])
  })
})

describe('the queue', () => {
  const popped = (...keys: [number, number, number][]): string[] => {
    const auditor = newAuditor()
    for (const [time, priority, sequence] of keys) auditor.pop(time, priority, sequence)
    return brokenIds(auditor.finish())
  }

  it('T-1 accepts rising keys and catches events in the past, at a lower priority or with a used sequence', () => {
    expect(popped([1, 0, 5], [1, 0, 6], [1, 1, 2], [2, 0, 1])).toEqual([])
    expect(popped([2, 0, 1], [1, 0, 2])).toEqual(['T-1'])
    expect(popped([1, 1, 1], [1, 0, 2])).toEqual(['T-1'])
    expect(popped([1, 0, 1], [1, 0, 1])).toEqual(['T-1'])
  })

  it('T-5 catches a message that was faster than its link', () => {
    const delivered = (deliveredAtMs: number): string[] => {
      const auditor = newAuditor()
      auditor.delivery({ sentAtMs: 100, deliveredAtMs, minLatencyMs: 10 })
      return brokenIds(auditor.finish())
    }
    expect(delivered(110)).toEqual([])
    expect(delivered(109)).toEqual(['T-5'])
  })
})

describe('L-9', () => {
  const mark = {
    chainId: L1,
    token: usdcL1,
    decimals: 6,
    priceE8: 10n ** 8n,
    keepNumerator: 3n,
    keepDenominator: 4n,
  }
  const shown = (valueE8: bigint): string[] => {
    const auditor: Auditor = newAuditor()
    auditor.shown({ owner: address('atlas'), valueE8, marks: [mark] })
    return brokenIds(auditor.finish())
  }

  it('recomputes a shown value from the balances and the marks', () => {
    // Atlas holds 1.0 USDC on the L1; three quarters of it count.
    expect(shown(75_000_000n)).toEqual([])
    expect(shown(100_000_000n)).toEqual(['L-9'])
  })
})

describe('the report', () => {
  it('names required invariants that were never evaluated', () => {
    const report = newAuditor().finish()
    const missing = neverEvaluated(report, invariantCatalogue, 'sim')
    expect(missing).toContain('O-1')
    expect(missing).not.toContain('L-2')
    // Tests prove those of unit and live cadence; T-1 and O-13 are due on both runtimes.
    for (const id of ['O-8', 'O-9', 'O-10', 'R-4'] as const) expect(missing).not.toContain(id)
    for (const id of ['T-1', 'O-13'] as const)
      expect(neverEvaluated(report, invariantCatalogue, 'libp2p')).toContain(id)
  })

  it('keeps the first breaches of a rule and counts the others', () => {
    const auditor = newAuditor()
    for (let i = 0; i < MAX_BREACHES_PER_ID + 5; i++) auditor.pop(1_000 - i, 0, 0)
    const report = auditor.finish()
    expect(report.broken).toHaveLength(MAX_BREACHES_PER_ID)
    expect(report.omitted).toBe(4)
  })

  it('says the same breach once, however often it is asked', () => {
    const auditor = newAuditor()
    auditor.shown({ owner: address('atlas'), valueE8: 1n, marks: [] })
    auditor.shown({ owner: address('atlas'), valueE8: 1n, marks: [] })
    expect(auditor.finish().broken).toHaveLength(1)
    expect(auditor.finish().broken).toHaveLength(1)
  })
})
