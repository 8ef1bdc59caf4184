// Isolated markets agree with a second, plain implementation on every answer and on all state, over random sequences of commands with
// interest, moving prices and bad debt. SOLVENT_SEQUENCES runs more of them.
import {
  accruedTotals,
  borrowIsolated,
  type IsolatedPosition,
  type IsolatedTotals,
  liquidateIsolated,
  NO_POSITION,
  releaseIsolated,
  repayIsolated,
  supplyIsolated,
  withdrawIsolated,
} from '@solvent/settlement'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type IsolatedModelAnswer, ReferenceIsolatedMarket } from './isolated-reference.ts'

const WAD = 10n ** 18n
const YEAR = 31_536_000n
const people = ['ada', 'bob', 'cyd', 'dan'] as const
const SEQUENCES = Number(process.env.SOLVENT_SEQUENCES ?? 100)

interface Command {
  readonly kind: 'supply' | 'withdraw' | 'pledge' | 'release' | 'borrow' | 'repay' | 'liquidate'
  readonly who: (typeof people)[number]
  readonly amount: bigint | 'all'
  /** Base units of the loan for one of the collateral, in percent of 1. */
  readonly price: bigint
  readonly seconds: number
}

const amount = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt(1n, 2_000_000n) },
  { weight: 1, arbitrary: fc.bigInt(1n, 10n ** 24n) },
)
const command: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom(
    'supply',
    'supply',
    'withdraw',
    'pledge',
    'release',
    'borrow',
    'borrow',
    'repay',
    'liquidate',
    'liquidate',
  ),
  who: fc.constantFrom(...people),
  amount: fc.oneof({ weight: 4, arbitrary: amount }, { weight: 1, arbitrary: fc.constant('all' as const) }),
  price: fc.bigInt(10n, 200n).map((percent) => (percent * 10n ** 36n) / 100n),
  seconds: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4_000_000 })),
})
const terms = fc.record({
  lltv: fc.constantFrom(0n, 385n, 770n, 860n, 945n, 980n).map((part) => (part * WAD) / 1_000n || WAD / 10n),
  fee: fc.constantFrom(0n, WAD / 10n, WAD / 4n),
  startAtTarget: fc.constantFrom(null, (4n * WAD) / 100n / YEAR, (2n * WAD) / YEAR),
  fixedRate: fc.constant(WAD / 20n / YEAR),
})

/** The engine's functions on values of the test's own. */
class Engine {
  totals: IsolatedTotals
  readonly lent = new Map<string, bigint>()
  readonly positions = new Map<string, IsolatedPosition>()
  readonly #terms: Parameters<typeof accruedTotals>[1]

  constructor(terms: Parameters<typeof accruedTotals>[1], now: number) {
    this.#terms = terms
    this.totals = {
      supply: { assets: 0n, shares: 0n },
      borrow: { assets: 0n, shares: 0n },
      updatedAt: now,
      rateAtTargetWad: terms.rate.kind === 'fixed' ? 0n : terms.rate.atTargetWad,
    }
  }

  run({ kind, who, amount, price }: Command, now: number): IsolatedModelAnswer {
    const grown = accruedTotals(this.totals, this.#terms, now)
    this.totals = grown.totals
    this.#lend('fees', grown.feeShares)
    const position = this.positions.get(who) ?? NO_POSITION
    const priced = { lltvWad: this.#terms.lltvWad, price }
    const plain = amount === 'all' ? 0n : amount
    if (kind === 'pledge') {
      this.positions.set(who, { ...position, collateral: position.collateral + plain })
      return []
    }
    if (kind === 'supply' || kind === 'withdraw') {
      const held = this.lent.get(who) ?? 0n
      const done =
        kind === 'supply' ? supplyIsolated(this.totals, plain) : withdrawIsolated(this.totals, held, amount)
      if (done.status === 'refused') return done.reason
      this.totals = done.totals
      this.#lend(who, kind === 'supply' ? done.shares : -done.shares)
      return [done.amount, done.shares]
    }
    if (kind === 'release') {
      const done = releaseIsolated(this.totals, position, amount, priced)
      if (done.status === 'refused') return done.reason
      this.positions.set(who, done.position)
      return [done.amount]
    }
    if (kind === 'liquidate') {
      const done = liquidateIsolated(this.totals, position, amount, { ...priced, lossOf: (loss) => loss })
      if (done.status === 'refused') return done.reason
      this.totals = done.totals
      this.positions.set(who, done.position)
      return [done.repaid, done.repaidShares, done.seized, done.badDebt]
    }
    const done =
      kind === 'borrow'
        ? borrowIsolated(this.totals, position, plain, priced)
        : repayIsolated(this.totals, position, amount)
    if (done.status === 'refused') return done.reason
    this.totals = done.totals
    this.positions.set(who, done.position)
    return [done.amount, done.shares]
  }

  #lend(who: string, shares: bigint): void {
    this.lent.set(who, (this.lent.get(who) ?? 0n) + shares)
  }
}

function modelRuns(model: ReferenceIsolatedMarket, command: Command, now: number): IsolatedModelAnswer {
  const { kind, who, amount, price } = command
  const plain = amount === 'all' ? 0n : amount
  model.accrue(BigInt(now))
  switch (kind) {
    case 'supply':
      return model.supply(who, plain)
    case 'withdraw':
      return model.withdraw(who, amount)
    case 'pledge':
      model.pledge(who, plain)
      return []
    case 'release':
      return model.release(who, amount, price)
    case 'borrow':
      return model.borrow(who, plain, price)
    case 'repay':
      return model.repay(who, amount)
    case 'liquidate':
      return model.liquidate(who, amount, price)
  }
}

test('a market and its plain model give the same answers and the same state, and bad debt happens', () => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(terms, fc.array(command, { minLength: 30, maxLength: 60 }), (given, commands) => {
      const rate =
        given.startAtTarget === null
          ? { kind: 'fixed' as const, perSecondWad: given.fixedRate }
          : { kind: 'adaptive-curve' as const, atTargetWad: given.startAtTarget }
      const engine = new Engine({ lltvWad: given.lltv, feeWad: given.fee, rate }, 0)
      const model = new ReferenceIsolatedMarket(given, 0n)
      let now = 0
      for (const each of commands) {
        now += each.seconds
        const answer = engine.run(each, now)
        expect(answer).toEqual(modelRuns(model, each, now))
        const { supply, borrow, rateAtTargetWad } = engine.totals
        expect([supply.assets, supply.shares, borrow.assets, borrow.shares, rateAtTargetWad]).toEqual([
          model.supplyAssets,
          model.supplyShares,
          model.borrowAssets,
          model.borrowShares,
          model.atTarget,
        ])
        for (const who of people) {
          const { collateral, borrowShares } = engine.positions.get(who) ?? NO_POSITION
          expect([engine.lent.get(who) ?? 0n, collateral, borrowShares]).toEqual([
            model.lent.get(who) ?? 0n,
            model.pledged.get(who) ?? 0n,
            model.owed.get(who) ?? 0n,
          ])
        }
        const isLoss = each.kind === 'liquidate' && typeof answer !== 'string' && answer[3]! > 0n
        const what = typeof answer === 'string' ? answer : isLoss ? 'bad-debt' : each.kind
        seen.set(what, (seen.get(what) ?? 0) + 1)
      }
    }),
    { numRuns: SEQUENCES, seed: 20_261 },
  )
  // What the sequences must reach, or the agreement says little.
  for (const what of [
    'supply',
    'withdraw',
    'release',
    'borrow',
    'repay',
    'bad-debt',
    'not-enough-liquidity',
    'health-factor-below-threshold',
    'health-factor-not-below-threshold',
  ])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(0)
})
