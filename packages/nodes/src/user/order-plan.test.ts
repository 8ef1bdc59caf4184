import { createSeededRng } from '@solvent/ports/testing'
import { MS_PER_HOUR } from '@solvent/primitives'
import { orderDigest, priceOf, valueE8 } from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  address,
  GENESIS_MS,
  L1,
  node,
  prices,
  ROLLUP,
  smallNetwork,
  strongBridge,
  tokens,
  weakBridge,
} from '../testing/small-network.ts'
import type { OrderFlow } from './order-flow.ts'
import { type PlanContext, planOrders } from './order-plan.ts'
import { auctionedOrder, momentsOf, openOrder, quotedOrder } from './order-terms.ts'

const flow: OrderFlow = {
  arrivals: { kind: 'count', count: 40 },
  startMs: 60_000,
  endMs: 660_000,
  pairs: [
    {
      origin: ROLLUP,
      inputSymbol: 'USDC',
      destination: L1,
      outputSymbol: 'USDC',
      prover: strongBridge,
      weight: 3,
    },
    {
      origin: L1,
      inputSymbol: 'USDC',
      destination: ROLLUP,
      outputSymbol: 'rsETH',
      prover: weakBridge,
      weight: 1,
    },
  ],
  valueE8: { from: 100n * 10n ** 8n, to: 10_000n * 10n ** 8n },
  minOutputBps: { from: 9_900, to: 9_980 },
  awards: { auctioneer: 2, chain: 1, user: 1, parts: 0 },
  auctionRule: 'first-price',
  chainPricing: 'dutch',
  blockCurve: [{ blocks: 32, fallBps: 10_000 }],
  leastPartBps: 1_000,
  auctionSeconds: 60,
  exclusivitySeconds: 300,
  fillSeconds: 900,
  expiresSeconds: 7_200,
  cancelProbability: 0.25,
  orders: [],
}

const context = (seed = 'plan'): PlanContext => ({
  spec: smallNetwork,
  prices,
  node: node('user-1'),
  rng: createSeededRng(seed),
})

describe('a plan of orders', () => {
  it('is the same for the same seed and another for another', () => {
    expect(planOrders(flow, context())).toEqual(planOrders(flow, context()))
    expect(planOrders(flow, context('other'))).not.toEqual(planOrders(flow, context()))
  })

  it('has exactly the count, in the interval, in order of time, with the indices as nonces', () => {
    const plan = planOrders(flow, context())
    expect(plan.map(({ index }) => index)).toEqual(Array.from({ length: 40 }, (_, i) => i))
    const moments = plan.map(({ scheduledMs }) => scheduledMs - GENESIS_MS)
    expect(moments).toEqual([...moments].sort((a, b) => a - b))
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(flow.startMs)
    expect(Math.max(...moments)).toBeLessThan(flow.endMs)
    expect(moments.every(Number.isInteger)).toBe(true)
  })

  it('spreads a known count evenly over the interval', () => {
    // Arrivals of a Poisson process given their count are uniform: the mean of 2,000 lies within 4 standard errors.
    const plan = planOrders({ ...flow, arrivals: { kind: 'count', count: 2_000 } }, context())
    const mean = plan.reduce((sum, { scheduledMs }) => sum + scheduledMs - GENESIS_MS, 0) / 2_000
    expect(Math.abs(mean - 360_000)).toBeLessThan((4 * 600_000) / Math.sqrt(12 * 2_000))
  })

  it('arrives at the given rate', () => {
    // Poisson with mean 1,200: within 4 standard deviations of 34.6.
    const plan = planOrders(
      { ...flow, arrivals: { kind: 'rate', perHour: 1_200 }, startMs: 0, endMs: MS_PER_HOUR },
      context(),
    )
    expect(Math.abs(plan.length - 1_200)).toBeLessThan(139)
  })

  it('keeps each order as it is when others are added or the moments change', () => {
    const short = planOrders({ ...flow, arrivals: { kind: 'count', count: 5 }, endMs: 90_000 }, context())
    const long = planOrders(flow, context())
    const withoutTime = ({ scheduledMs: _s, cancelAtMs: _c, ...rest }: (typeof long)[number]) => rest
    expect(short.map(withoutTime)).toEqual(long.slice(0, 5).map(withoutTime))
  })

  it('draws values, minimums, pairs, awards and cancellations as the flow says', () => {
    const plan = planOrders({ ...flow, arrivals: { kind: 'count', count: 1_000 } }, context())
    for (const order of plan) {
      const input = order.origin === ROLLUP ? tokens.usdcRollup : tokens.usdcL1
      expect(order.inputToken).toBe(input)
      const value = valueE8(order.inputAmount, 6, priceOf(prices, 'USDC'))
      expect(value >= flow.valueE8.from - 100n && value <= flow.valueE8.to).toBe(true)
      expect(
        order.minAmount * 10_000n >= order.fairAmount * 9_899n &&
          order.minAmount * 10_000n <= order.fairAmount * 9_980n,
      ).toBe(true)
    }
    const share = (has: (order: (typeof plan)[number]) => boolean) => plan.filter(has).length / plan.length
    // Binomial with n = 1,000: four standard deviations are at most 0.063.
    expect(Math.abs(share(({ origin }) => origin === ROLLUP) - 0.75)).toBeLessThan(0.06)
    expect(Math.abs(share(({ award }) => award === 'auctioneer') - 0.5)).toBeLessThan(0.065)
    expect(Math.abs(share(({ cancelAtMs }) => cancelAtMs !== null) - 0.25)).toBeLessThan(0.06)
    // Log-uniform: half of the values lie below the geometric mean, 1,000.
    expect(Math.abs(share(({ inputAmount }) => inputAmount < 1_000n * 10n ** 6n) - 0.5)).toBeLessThan(0.065)
  })

  it('puts explicit orders first, exactly as written', () => {
    const explicit = {
      atMs: 5_000,
      origin: ROLLUP,
      inputSymbol: 'USDC',
      inputAmount: 2_600n * 10n ** 6n,
      destination: L1,
      outputSymbol: 'rsETH',
      minOutputBps: 9_950,
      prover: weakBridge,
      award: 'chain',
      cancelAfterSeconds: 10,
    } as const
    const [first, second] = planOrders({ ...flow, orders: [explicit] }, context())
    // 2,600 USDC at 2,600 USDC per rsETH is one rsETH.
    expect(first).toMatchObject({
      index: 0,
      scheduledMs: GENESIS_MS + 5_000,
      fairAmount: 10n ** 18n,
      minAmount: 995n * 10n ** 15n,
      cancelAtMs: GENESIS_MS + 15_000,
    })
    expect(second?.index).toBe(1)
  })

  it('refuses a symbol that the chain does not have', () => {
    const pairs = [{ ...(flow.pairs[0] as OrderFlow['pairs'][number]), outputSymbol: 'DOGE' }]
    expect(() => planOrders({ ...flow, pairs }, context())).toThrow('This chain has no token of this symbol.')
  })
})

describe('the terms of an order', () => {
  const terms = { spec: smallNetwork, flow, user: address('user-1') }

  it('count every deadline from the scheduled moment, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 39 }), (i) => {
        const planned = planOrders(flow, context())[i]
        if (planned === undefined) throw new Error('no such order')
        const { scheduled, closesAt, exclusiveUntil, fillDeadline, expires } = momentsOf(planned, flow)
        expect(scheduled).toBe(Math.floor(planned.scheduledMs / 1_000))
        expect([closesAt, exclusiveUntil, fillDeadline, expires].map((at) => at - scheduled)).toEqual([
          60, 360, 900, 7_200,
        ])
        for (const order of [auctionedOrder(planned, terms), openOrder(planned, terms)]) {
          expect(order.openDeadline <= order.fillDeadline && order.fillDeadline <= order.expires).toBe(true)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('give the same id however often they are made', () => {
    const [planned] = planOrders(flow, context())
    if (planned === undefined) throw new Error('no order')
    expect(orderDigest(auctionedOrder(planned, terms))).toBe(
      orderDigest(auctionedOrder({ ...planned }, terms)),
    )
  })

  it('decay from fair value to the minimum where the chain awards, and name the quote where the user does', () => {
    const [planned] = planOrders(flow, context())
    if (planned === undefined) throw new Error('no order')
    expect(openOrder(planned, terms)).toMatchObject({
      award: { by: 'chain' },
      pricing: { rule: 'dutch', startAmount: planned.fairAmount },
      output: { minAmount: planned.minAmount },
    })
    expect(
      quotedOrder(planned, terms, { solver: address('atlas'), outputAmount: planned.minAmount + 5n }),
    ).toMatchObject({
      award: { by: 'user', solver: address('atlas') },
      pricing: { rule: 'limit' },
      output: { minAmount: planned.minAmount + 5n },
    })
  })
})

it('an order with a curve of blocks begins with the first block that is five seconds after it, and takes its shares of the way to the minimum', () => {
  const blockCurve = [
    { blocks: 20, fallBps: 8_000 },
    { blocks: 80, fallBps: 10_000 },
  ]
  const terms = { spec: smallNetwork, user: address('user-1') }
  const curved: OrderFlow = { ...flow, chainPricing: 'block-dutch', blockCurve }
  for (const planned of planOrders(flow, context())) {
    const { pricing, output } = openOrder(planned, { ...terms, flow: curved })
    if (pricing.rule !== 'block-dutch') throw new Error(pricing.rule)
    const way = planned.fairAmount - planned.minAmount
    expect(pricing.startAmount).toBe(planned.fairAmount)
    expect(pricing.curve).toEqual([
      { blocks: 20, fall: (way * 4n) / 5n },
      { blocks: 80, fall: way },
    ])
    const { slotMs } = smallNetwork.chains.find(({ chainId }) => chainId === output.chainId)!
    const afterMs = GENESIS_MS + pricing.decayStartBlock * slotMs - planned.scheduledMs
    expect(afterMs).toBeGreaterThanOrEqual(5_000)
    expect(afterMs).toBeLessThan(5_000 + slotMs)
  }
})
