import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BidContext,
  createStrategy,
  riskQuarters,
  rivalMarginPpm,
  type StrategyConfig,
  stockQuarter,
} from './index.ts'

const USD = 10n ** 8n
const USDC = 10n ** 6n

/** 10,000 USD in, USDC out, gas 1 USD, a five-of-nine bridge that pays within 20 minutes. */
const plain: BidContext = {
  use: 'first-price',
  inputValueE8: 10_000n * USD,
  gasCostE8: 1n * USD,
  inputWrapped: false,
  output: { priceE8: USD, decimals: 6, wrapped: false, minAmount: 9_900n * USDC },
  inventory: { free: 1_000_000n * USDC, slowFree: 600_000n * USDC, reference: 1_000_000n * USDC },
  prover: { verifiers: 9, threshold: 5, exposureE8: 0n, exposureLimitE8: 1_000_000n * USD },
  confirmation: 'safe',
  secondsUntilPayout: 1_200,
  tender: {
    id: 'order-1',
    time: 0,
    self: 'a',
    bidders: ['a', 'b', 'c'],
    market: { chain: 'one', asset: 'USDC', user: 'u' },
  },
  pastAuctions: [],
}

const decide = (config: StrategyConfig, change: Partial<BidContext> = {}) =>
  createStrategy(config).decide({ ...plain, ...change })
const offer = (config: StrategyConfig, change: Partial<BidContext> = {}): bigint => {
  const decision = decide(config, change)
  if (decision.status !== 'offer') throw new Error(`declined: ${decision.reason}`)
  return decision.outputAmount
}

describe('cost-plus', () => {
  test('hands over the value after gas less its margin', () => {
    // (10000 − 1) · (1 − 10/10000) = 9989.001 USD.
    expect(offer({ kind: 'cost-plus', marginBps: 10 })).toBe(9_989_001_000n)
  })

  test('rounds down twice, in its own favour', () => {
    // floor(999900000001 · 999000 / 1e6) = 998900100000, and floor(998900100000 · 1e6 / 7e8) = 1427000142.
    const output = { priceE8: 7n * USD, decimals: 6, wrapped: false, minAmount: 0n }
    expect(offer({ kind: 'cost-plus', marginBps: 10 }, { inputValueE8: 10_000n * USD + 1n, output })).toBe(
      1_427_000_142n,
    )
  })

  test('declines what gas eats, what the user would not take and what it does not hold', () => {
    const config: StrategyConfig = { kind: 'cost-plus', marginBps: 10 }
    expect(decide(config, { inputValueE8: USD })).toEqual({ status: 'declined', reason: 'gas-exceeds-value' })
    const output = { ...plain.output, minAmount: 9_989_001_001n }
    expect(decide(config, { output })).toEqual({ status: 'declined', reason: 'below-minimum' })
    const inventory = { ...plain.inventory, free: 9_989_000_999n }
    expect(decide(config, { inventory })).toEqual({ status: 'declined', reason: 'no-inventory' })
  })
})

describe('inventory-aware', () => {
  const config: StrategyConfig = { kind: 'inventory-aware', marginBps: 20, skewBps: 12 }
  const withStock = (percent: bigint) => ({
    inventory: { free: 1_000_000n * USDC, slowFree: percent * 10_000n * USDC, reference: 1_000_000n * USDC },
  })

  test('leans by the skew from the emptiest quarter to the fullest', () => {
    // Margins 32, 24, 16 and 8 bps of 9999 USD.
    expect([10n, 30n, 60n, 80n].map((percent) => offer(config, withStock(percent)))).toEqual([
      9_967_003_200n,
      9_975_002_400n,
      9_983_001_600n,
      9_991_000_800n,
    ])
  })

  test('prices the same anywhere within a quarter', () => {
    expect(offer(config, withStock(26n))).toBe(offer(config, withStock(49n)))
    const quarter = (slowFree: bigint) => stockQuarter({ free: 0n, slowFree, reference: 100n })
    expect([24n, 25n, 49n, 50n, 74n, 75n, 150n].map(quarter)).toEqual([0, 1, 1, 2, 2, 3, 3])
    expect(stockQuarter({ free: 0n, slowFree: 0n, reference: 0n })).toBe(0)
  })
})

describe('undercutter', () => {
  const config: StrategyConfig = { kind: 'undercutter', marginBps: 30, floorBps: 2, shaveBps: 1 }
  const past = (...marginsBps: number[]) => ({
    pastAuctions: marginsBps.map((bps) => ({
      netValueE8: 10_000n * USD,
      rivalBestE8: BigInt(10_000 - bps) * USD,
    })),
  })

  test('opens with its own margin and then hands over a shave more than the median rival', () => {
    expect(offer(config)).toBe(9_969_003_000n)
    // Rivals kept 14, 10 and 12 bps: the median is 12, one bps less is 11.
    expect(offer(config, past(14, 10, 12))).toBe(9_988_001_100n)
  })

  test('never keeps less than its floor nor more than its opening margin', () => {
    expect(offer(config, past(1))).toBe(9_997_000_200n)
    expect(offer(config, past(-50))).toBe(9_997_000_200n)
    expect(offer(config, past(90))).toBe(9_969_003_000n)
  })

  test('offers its floor where the runner-up sets the price', () => {
    expect(offer(config, { use: 'second-price', ...past(14) })).toBe(9_997_000_200n)
  })

  test('takes the lower median and whole basis points of the evidence', () => {
    expect(rivalMarginPpm([])).toBeNull()
    expect(rivalMarginPpm(past(10, 20).pastAuctions)).toBe(1_000n)
    // 1 − 9987.77/10000 = 12.23 bps, rounded down to 12; a rival above value: −1.5 bps, rounded down to −2.
    expect(rivalMarginPpm([{ netValueE8: 1_000_000n, rivalBestE8: 998_777n }])).toBe(1_200n)
    expect(rivalMarginPpm([{ netValueE8: 1_000_000n, rivalBestE8: 1_000_150n }])).toBe(-200n)
  })
})

describe('risk-averse', () => {
  const config: StrategyConfig = { kind: 'risk-averse', marginBps: 10, premiumBps: 8 }

  test('charges for every reason why the payment may not come', () => {
    const quarters = (change: Partial<BidContext>) => riskQuarters({ ...plain, ...change })
    // One started quarter of the exposure limit and one started day.
    expect(quarters({})).toBe(2n)
    expect(quarters({ prover: { ...plain.prover, threshold: 1 } })).toBe(6n)
    expect(quarters({ prover: { ...plain.prover, threshold: 2 } })).toBe(4n)
    expect(quarters({ prover: { ...plain.prover, exposureE8: 500_000n * USD } })).toBe(4n)
    expect(quarters({ inputWrapped: true, output: { ...plain.output, wrapped: true } })).toBe(5n)
    expect(quarters({ secondsUntilPayout: 7 * 86_400 })).toBe(5n)
    expect(quarters({ confirmation: 'unsafe' })).toBe(3n)
  })

  test('adds the premium to its margin', () => {
    // 10 + 8 · 2/4 = 14 bps of 9999 USD; with a lone verifier 10 + 8 · 6/4 = 22 bps.
    expect(offer(config)).toBe(9_985_001_400n)
    expect(offer(config, { prover: { ...plain.prover, threshold: 1 } })).toBe(9_977_002_200n)
  })

  test('declines above its exposure limit and beyond its longest wait', () => {
    const atLimit = { ...plain.prover, exposureE8: 990_000n * USD }
    expect(decide(config, { prover: atLimit }).status).toBe('offer')
    const over = { ...atLimit, exposureE8: 990_000n * USD + 1n }
    expect(decide(config, { prover: over })).toEqual({ status: 'declined', reason: 'exposure-limit' })
    expect(decide(config, { secondsUntilPayout: 8 * 86_400 + 1 })).toEqual({
      status: 'declined',
      reason: 'payout-too-late',
    })
    const patient = { ...config, maxSecondsUntilPayout: 30 * 86_400 }
    expect(decide(patient, { secondsUntilPayout: 8 * 86_400 + 1 }).status).toBe('offer')
  })
})

describe('every strategy', () => {
  const bps = fc.integer({ min: 0, max: 200 })
  const anyConfig: fc.Arbitrary<StrategyConfig> = fc.oneof(
    fc.record({ kind: fc.constant('cost-plus' as const), marginBps: bps }),
    fc.record({ kind: fc.constant('inventory-aware' as const), marginBps: bps, skewBps: bps }),
    fc.record({ kind: fc.constant('undercutter' as const), marginBps: bps, floorBps: bps, shaveBps: bps }),
    fc.record({ kind: fc.constant('risk-averse' as const), marginBps: bps, premiumBps: bps }),
  )
  const e8 = fc.bigInt({ min: 0n, max: 10n ** 15n })
  const anyContext: fc.Arbitrary<BidContext> = fc.record({
    use: fc.constantFrom('first-price' as const, 'second-price' as const, 'quote' as const, 'dutch' as const),
    inputValueE8: e8,
    gasCostE8: fc.bigInt({ min: 0n, max: 10n ** 10n }),
    inputWrapped: fc.boolean(),
    output: fc.record({
      priceE8: fc.bigInt({ min: 1n, max: 10n ** 14n }),
      decimals: fc.integer({ min: 0, max: 18 }),
      wrapped: fc.boolean(),
      minAmount: fc.bigInt({ min: 0n, max: 10n ** 20n }),
    }),
    inventory: fc.record({ free: fc.bigInt({ min: 0n, max: 10n ** 24n }), slowFree: e8, reference: e8 }),
    prover: fc.record({
      verifiers: fc.constant(5),
      threshold: fc.integer({ min: 1, max: 5 }),
      exposureE8: e8,
      exposureLimitE8: e8,
    }),
    confirmation: fc.constantFrom('unsafe' as const, 'safe' as const, 'finalized' as const),
    secondsUntilPayout: fc.integer({ min: 0, max: 10 * 86_400 }),
    tender: fc.constant(plain.tender),
    pastAuctions: fc.array(
      fc.record({ netValueE8: fc.bigInt({ min: 1n, max: 10n ** 15n }), rivalBestE8: e8 }),
      { maxLength: 6 },
    ),
  })

  test('offers at least the minimum, at most what is free, and never more value than the input is worth after gas', () => {
    fc.assert(
      fc.property(anyConfig, anyContext, (config, context) => {
        const decision = createStrategy(config).decide(context)
        if (decision.status === 'declined') return
        const { outputAmount } = decision
        expect(outputAmount >= context.output.minAmount && outputAmount <= context.inventory.free).toBe(true)
        const costE8 = outputAmount * context.output.priceE8
        const netE8 = (context.inputValueE8 - context.gasCostE8) * 10n ** BigInt(context.output.decimals)
        expect(costE8 <= netE8).toBe(true)
      }),
    )
  })

  test('decides the same twice, and offers no less for an input worth more', () => {
    fc.assert(
      fc.property(anyConfig, anyContext, fc.bigInt({ min: 0n, max: 10n ** 12n }), (config, context, more) => {
        const strategy = createStrategy(config)
        const decision = strategy.decide(context)
        expect(createStrategy(config).decide(context)).toEqual(decision)
        if (config.kind === 'risk-averse' || decision.status === 'declined') return
        const richer = strategy.decide({ ...context, inputValueE8: context.inputValueE8 + more })
        if (richer.status === 'offer') expect(richer.outputAmount >= decision.outputAmount).toBe(true)
        else expect(richer.reason).toBe('no-inventory')
      }),
    )
  })
})
