// What the audit makes of a solver and an auctioneer with one rule altered, and of the same network as it should be.
import { createAuditor } from '@solvent/audit'
import { firstPrice, type SealedAuction } from '@solvent/mechanisms'
import type { NodeId } from '@solvent/primitives'
import { type DomainEvent, type Order, orderDigest } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { createAuctioneer } from '../auctioneer/auctioneer.ts'
import { type AuctioneerRules, auctioneerRules } from '../auctioneer/auctioneer-rules.ts'
import { createRunningNetwork, signerOf, smallGenesis, verifier } from '../testing/running-network.ts'
import { L1, node, prices, ROLLUP, sampleOrder, smallNetwork } from '../testing/small-network.ts'
import { createSolver } from './solver.ts'
import type { RiskLimits } from './solver-init.ts'
import { type SolverRules, solverRules } from './solver-rules.ts'

const USD = 10n ** 8n
const risk: RiskLimits = {
  maxExposurePerBridgeE8: 1_000_000n * USD,
  confirmationsByValue: [{ upToE8: 1_000_000n * USD, level: 'unsafe' }],
  maxConcurrentOrders: 50,
  refuseBelowBackingBps: 0,
}

/** Plays one auctioned order past its fill deadline and returns the ids of the invariants that broke. */
function broken(rules: { solver?: SolverRules; auctioneer?: AuctioneerRules }): string[] {
  const network = createRunningNetwork()
  const auctioneer = { spec: smallNetwork, node: node('auctioneer-1') }
  network.add(node('auctioneer-1'), createAuctioneer(auctioneer, rules.auctioneer ?? auctioneerRules))
  for (const [name, marginBps] of [
    ['atlas', 10],
    ['borealis', 20],
  ] as const) {
    const strategy = { kind: 'cost-plus', marginBps } as const
    const init = {
      spec: smallNetwork,
      node: node(name),
      genesis: smallGenesis,
      prices,
      strategy,
      risk,
      rebalance: null,
      sourcing: null,
    }
    network.add(node(name), createSolver(init, rules.solver ?? solverRules))
  }
  const user = network.probe(node('user-1'))
  network.start()
  network.seconds(1)
  const order: Order = sampleOrder()
  const signature = signerOf(node('user-1')).sign(orderDigest(order))
  const signed: DomainEvent = { kind: 'order-signed', orderId: orderDigest(order), order, signature }
  network.act(node('user-1'), () => {
    user.ports.log.event(signed)
    user.ports.transport.publish('orders', { type: 'order', body: { order, signature } })
  })
  network.seconds(700)

  const auditor = createAuditor({ spec: smallNetwork, genesis: smallGenesis, verifier, applicable: 'sim' })
  const blocks = [...network.blocks(L1), ...network.blocks(ROLLUP)].map((block) => ({
    atMs: block.header.timestamp * 1_000,
    tell: () => auditor.block(block),
  }))
  const events = network.events.map(({ atMs, node: id, event }) => ({
    atMs,
    tell: () => auditor.event(atMs, id as NodeId, event),
  }))
  for (const { tell } of [...blocks, ...events].sort((a, b) => a.atMs - b.atMs)) tell()
  return [...new Set(auditor.finish(network.nowMs).broken.map(({ id }) => id as string))]
}

const worstBid: SealedAuction = {
  rule: 'first-price',
  close(bids, reserve) {
    const { ranking } = firstPrice.close(bids, reserve)
    const winner = ranking.at(-1) ?? null
    return { winner, outputAmount: winner?.outputAmount ?? 0n, ranking }
  },
}

describe('the audit', () => {
  test('finds nothing wrong with an honest solver and auctioneer', () => {
    expect(broken({})).toEqual([])
  })

  test('catches a reservation that is kept after a lost auction (planted bug 20, O-13)', () => {
    expect(broken({ solver: { frees: (reason) => reason !== 'lost' } })).toEqual(['O-13'])
  })

  test('catches an award that passes over the best bid (O-14)', () => {
    expect(broken({ auctioneer: { auctionOf: () => worstBid } })).toEqual(['O-14'])
  })
})
