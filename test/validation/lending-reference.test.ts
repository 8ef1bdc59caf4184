// The lending pool and the constant-product pair agree with a second, plain implementation on every answer and on all state,
// over random sequences of commands with interest and moving prices.
import { isDeepStrictEqual } from 'node:util'
import {
  type Account,
  amountOutFloor,
  borrow,
  burnPair,
  coverDeficit,
  EMPTY_PAIR,
  liquidate,
  type Moment,
  mintPair,
  mintToTreasury,
  newReserve,
  type Pair,
  plainPool,
  type Reserve,
  type ReserveConfig,
  repay,
  setCollateral,
  setEMode,
  supply,
  swapPair,
  transferClaims,
  UNISWAP_V2_FEE,
  withdraw,
} from '@solvent/settlement'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ModelAnswer, ReferenceLending, ReferencePair } from './lending-reference.ts'

const RAY = 10n ** 27n
const E8 = 10n ** 8n
const base: ReserveConfig = {
  decimals: 18,
  ltvBps: 8_050n,
  liquidationThresholdBps: 8_300n,
  liquidationBonusBps: 10_500n,
  liquidationProtocolFeeBps: 1_000n,
  reserveFactorBps: 1_500n,
  supplyCap: 0n,
  borrowCap: 0n,
  borrowing: 'enabled',
  status: 'active',
  liquidationGraceUntil: 0,
  rateCurve: {
    optimalUsageRay: (RAY * 9n) / 10n,
    baseRay: RAY / 200n,
    slope1Ray: (RAY * 4n) / 100n,
    slope2Ray: (RAY * 80n) / 100n,
  },
}
const configs: Readonly<Record<string, ReserveConfig>> = {
  ETH: base,
  stETH: { ...base, ltvBps: 7_000n, liquidationThresholdBps: 7_500n, liquidationBonusBps: 10_733n },
  WBTC: { ...base, decimals: 8, ltvBps: 0n, liquidationProtocolFeeBps: 0n },
  USDC: { ...base, decimals: 6, borrowCap: 700_000n, supplyCap: 3_000_000n, reserveFactorBps: 1_000n },
}
const ether = {
  ltvBps: 9_300n,
  liquidationThresholdBps: 9_500n,
  liquidationBonusBps: 10_100n,
  collateral: ['ETH', 'stETH'],
  borrowable: ['ETH', 'stETH'],
}
const assets = Object.keys(configs)
const owners = ['ada', 'bo', 'cy', 'dan', 'treasury']

const command = fc.record({
  kind: fc.constantFrom(
    ...(['supply', 'supply', 'supply', 'withdraw', 'borrow', 'borrow', 'borrow', 'borrow', 'repay'] as const),
    ...([
      'liquidate',
      'liquidate',
      'liquidate',
      'liquidate',
      'transfer',
      'collateral',
      'e-mode',
      'mint',
      'cover',
    ] as const),
  ),
  owner: fc.constantFrom(...owners),
  other: fc.constantFrom(...owners),
  asset: fc.constantFrom(...assets),
  otherAsset: fc.constantFrom(...assets),
  /** Thousandths of a dollar's worth at the start, and odd base units. */
  worth: fc.oneof(fc.bigInt({ min: 1n, max: 400_000_000n }), fc.bigInt({ min: 1n, max: 5_000n })),
  odd: fc.bigInt({ min: 0n, max: 999n }),
  chance: fc.nat(5),
  seconds: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30_000_000 })),
  pricePerMille: fc.integer({ min: 200, max: 1_100 }),
  isBlind: fc.nat(30).map((draw) => draw === 0),
})
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never

const startPrices: Readonly<Record<string, bigint>> = {
  ETH: 2_000n * E8,
  stETH: 1_980n * E8,
  WBTC: 30_000n * E8,
  USDC: E8,
}

function momentOf({ pricePerMille, isBlind }: Command, time: number) {
  const priceOf = (asset: string): bigint | null => {
    if (asset === 'USDC') return E8
    if (isBlind && asset === 'stETH') return null
    return ((startPrices[asset] as bigint) * BigInt(pricePerMille)) / 1_000n
  }
  return { time, atSeconds: time, priceOf }
}

const opening: readonly Command[] = (
  [
    ['supply', 'dan', 'USDC', 390_000n],
    ['supply', 'dan', 'ETH', 390_000n],
    ['supply', 'dan', 'WBTC', 50_000n],
    ['supply', 'ada', 'ETH', 200_000n],
    ['borrow', 'ada', 'USDC', 150_000n],
    ['borrow', 'ada', 'WBTC', 3_000n],
    ['supply', 'bo', 'stETH', 300_000n],
    ['e-mode', 'bo', 'stETH', 1n],
    ['borrow', 'bo', 'ETH', 270_000n],
    ['supply', 'cy', 'USDC', 100_000n],
    ['borrow', 'cy', 'stETH', 40_000n],
  ] as const
).map(([kind, owner, asset, dollars]) => ({
  kind,
  owner,
  asset,
  worth: dollars * 1_000n,
  other: 'dan',
  otherAsset: 'ETH',
  odd: 0n,
  chance: 1,
  seconds: 0,
  pricePerMille: 1_000,
  isBlind: false,
}))

/** Liquidations aim at somebody's debt and collateral where there are any: by chance they would hardly ever meet. */
function aimed(drawn: Command, { world }: ReferenceLending): Command {
  const debts = Object.keys(world.owed)
  const debt = debts[Number(drawn.odd) % Math.max(1, debts.length)]?.split('/')
  if (drawn.kind !== 'liquidate' || debt === undefined || drawn.chance === 5) return drawn
  const [owner = '', asset = ''] = debt
  const collateral = Object.keys(world.backing).filter((key) => key.startsWith(`${owner}/`))
  const otherAsset =
    collateral[Number(drawn.worth) % Math.max(1, collateral.length)]?.split('/')[1] ?? drawn.otherAsset
  return { ...drawn, owner, asset, otherAsset }
}

type Pool = ReturnType<typeof plainPool>

/** The settlement core's answer in the model's words. */
function answer(pool: Pool, given: Command, amount: bigint, moment: Moment): ModelAnswer {
  const { owner, other, asset, otherAsset, chance } = given
  const all = chance === 0
  const call = { owner, asset, amount: all ? ('all' as const) : amount }
  switch (given.kind) {
    case 'supply':
      return told(supply(pool, { owner, asset, amount }, moment), ({ scaled }) => [scaled])
    case 'withdraw':
      return told(withdraw(pool, call, moment), ({ amount: paid }) => [paid])
    case 'borrow':
      return told(borrow(pool, { owner, asset, amount }, moment), ({ scaled }) => [scaled])
    case 'repay':
      return told(repay(pool, call, moment), ({ amount: paid }) => [paid])
    case 'liquidate':
      return told(liquidate(pool, liquidationOf(given, otherAsset, amount), moment), (done) => [
        done.debtRepaid,
        done.collateralToLiquidator,
        done.protocolFeeCollateral,
        ...done.badDebt.flatMap((bad) => [bad.asset, bad.amount]),
      ])
    case 'transfer':
      return told(transferClaims(pool, { from: owner, to: other, asset, amount }, moment), ({ scaled }) => [
        scaled,
      ])
    case 'collateral':
      return told(
        setCollateral(
          pool,
          { owner, asset, use: chance < 3 ? 'as-collateral' : 'not-as-collateral' },
          moment,
        ),
        () => [],
      )
    case 'e-mode':
      return told(setEMode(pool, { owner, eMode: chance < 4 ? 'ether' : null }, moment), () => [])
    case 'mint':
      return told(mintToTreasury(pool, asset, moment), ({ scaled }) => [scaled])
    default:
      return told(coverDeficit(pool, { owner, asset, amount }, moment), ({ covered }) => [covered])
  }
}

function told<Done>(
  done: ({ readonly status: 'ok' } & Done) | { readonly status: 'refused'; readonly reason: string },
  amounts: (done: Done) => readonly (bigint | string)[],
): ModelAnswer {
  return done.status === 'ok' ? { amounts: amounts(done) } : { refused: done.reason }
}

function liquidationOf({ owner, other, asset, chance }: Command, otherAsset: string, amount: bigint) {
  return {
    liquidator: other,
    borrower: owner,
    collateralAsset: otherAsset,
    debtAsset: asset,
    debtToCover: chance < 3 ? amount * 10_000n : amount,
    receive: chance % 2 === 0 ? ('underlying' as const) : ('claims' as const),
  }
}

function modelAnswer(model: ReferenceLending, given: Command, amount: bigint, time: number): ModelAnswer {
  const { owner, other, asset, otherAsset, chance } = given
  const wanted = chance === 0 ? 'all' : amount
  return model.run(momentOf(given, time), (at) => {
    switch (given.kind) {
      case 'supply':
        return at.supply(owner, asset, amount)
      case 'withdraw':
        return at.withdraw(owner, asset, wanted)
      case 'borrow':
        return at.borrow(owner, asset, amount)
      case 'repay':
        return at.repay(owner, asset, wanted)
      case 'liquidate':
        return at.liquidate(liquidationOf(given, otherAsset, amount))
      case 'transfer':
        return at.transfer(owner, other, asset, amount)
      case 'collateral':
        return at.useAsCollateral(owner, asset, chance < 3)
      case 'e-mode':
        return at.join(owner, chance < 4 ? 'ether' : null)
      case 'mint':
        return at.mintToTreasury(asset)
      default:
        return at.cover(owner, asset, amount)
    }
  })
}

/** Losses by name: in which order they are written off is nobody's concern. */
function inOrder(given: ModelAnswer): ModelAnswer {
  if ('refused' in given) return given
  const [repaid, paid, fee, ...losses] = given.amounts
  const pairs = losses.flatMap((each, i) => (i % 2 === 0 ? [`${each} ${losses[i + 1]}`] : []))
  return {
    amounts: [repaid, paid, fee, ...pairs.sort((a, b) => (a < b ? -1 : 1))].filter(
      (each) => each !== undefined,
    ),
  }
}

/** All state of a pool in the model's words. */
function stateOf(pool: Pool) {
  const supplied: Record<string, bigint> = {}
  const owed: Record<string, bigint> = {}
  const backing: Record<string, boolean> = {}
  const category: Record<string, string> = {}
  for (const owner of owners) {
    const account: Account | undefined = pool.accounts.get(owner)
    if (account?.eMode) category[owner] = account.eMode
    for (const { asset, scaledSupply, scaledDebt, isCollateral } of account?.positions ?? []) {
      if (scaledSupply > 0n) supplied[`${owner}/${asset}`] = scaledSupply
      if (scaledDebt > 0n) owed[`${owner}/${asset}`] = scaledDebt
      if (isCollateral) backing[`${owner}/${asset}`] = true
    }
  }
  const markets = Object.fromEntries(
    assets.map((asset) => {
      const { scaledSupply: _claims, scaledDebt: _debts, ...market } = pool.reserves.get(asset) as Reserve
      return [asset, market]
    }),
  )
  return { supplied, owed, backing, category, markets }
}

/** Of each kind; the pool's begin with eleven commands in which people supply and borrow. */
const SEQUENCES = 1_000

/** As `toEqual`, which takes most of the time where hardly anything differs. */
function same(ours: unknown, theirs: unknown): void {
  if (!isDeepStrictEqual(ours, theirs)) expect(ours).toEqual(theirs)
}

describe('the lending pool and its reference model', () => {
  it('agree on every answer, balance, index, rate and deficit', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(fc.array(command, { minLength: 2, maxLength: 25, size: 'max' }), (commands) => {
        const pool = plainPool({ eModes: new Map([['ether', ether]]), treasury: 'treasury' })
        for (const asset of assets) pool.reserves.set(asset, newReserve(configs[asset] as ReserveConfig, 1))
        const model = new ReferenceLending(configs, { ether }, 'treasury', 1)
        let time = 1
        for (const drawn of [...opening, ...commands]) {
          const given = aimed(drawn, model)
          time += given.seconds
          const unit = 10n ** BigInt((configs[given.asset] as ReserveConfig).decimals)
          const amount =
            (given.worth * E8 * unit) / (1_000n * (startPrices[given.asset] as bigint)) + given.odd
          const want = modelAnswer(model, given, amount, time)
          same(inOrder(answer(pool, given, amount, momentOf(given, time))), inOrder(want))
          same(stateOf(pool), model.world)
          const what = 'refused' in want ? want.refused : want.amounts.length > 3 ? 'bad-debt' : given.kind
          seen.set(what, (seen.get(what) ?? 0) + 1)
        }
      }),
      { numRuns: SEQUENCES, endOnFailure: true },
    )
    // What was compared: every command carried out, losses, and the refusals that matter.
    for (const what of [
      'supply',
      'withdraw',
      'borrow',
      'repay',
      'liquidate',
      'transfer',
      'collateral',
      'e-mode',
      'mint',
      'bad-debt',
    ])
      expect([what, (seen.get(what) ?? 0) > 0]).toEqual([what, true])
    for (const reason of [
      'not-enough-liquidity',
      'health-factor-below-threshold',
      'must-not-leave-dust',
      'no-price',
      'ltv-zero',
    ])
      expect([reason, (seen.get(reason) ?? 0) > 0]).toEqual([reason, true])
  })
})

describe('the constant-product pair and its reference model', () => {
  const move = fc.record({
    kind: fc.constantFrom('x', 'y', 'provide', 'leave'),
    amount: fc.bigInt({ min: 1n, max: 10n ** 22n }),
    other: fc.bigInt({ min: 1n, max: 10n ** 22n }),
  })
  it('agree on every swap, unit of liquidity and fee of the protocol', () => {
    const rules = { fee: UNISWAP_V2_FEE, protocolFee: 'sixth' } as const
    fc.assert(
      fc.property(fc.array(move, { minLength: 2, maxLength: 20, size: 'max' }), (moves) => {
        let pair: Pair = EMPTY_PAIR
        const model = new ReferencePair()
        for (const { kind, amount, other } of moves) {
          if (kind === 'x' || kind === 'y') {
            const isX = kind === 'x'
            const [into, from] = isX ? [pair.reserve0, pair.reserve1] : [pair.reserve1, pair.reserve0]
            const out = amountOutFloor(amount, into, from, UNISWAP_V2_FEE)
            const done = swapPair(
              pair,
              isX
                ? { amount0In: amount, amount1In: 0n, amount0Out: 0n, amount1Out: out }
                : { amount0In: 0n, amount1In: amount, amount0Out: out, amount1Out: 0n },
              rules,
              0,
            )
            expect(done.status === 'ok' ? out : null).toBe(model.sell(kind, amount))
            if (done.status === 'ok') pair = done.pair
          } else if (kind === 'provide') {
            const done = mintPair(pair, { amount0: amount, amount1: other }, rules, 0)
            expect(done.status === 'ok' ? done.liquidity : null).toBe(model.provide(amount, other))
            if (done.status === 'ok') pair = done.pair
          } else {
            const units = model.providers === 0n ? 1n : (model.providers * (amount % 100n)) / 100n
            const done = burnPair(pair, units, rules, 0)
            expect(done.status === 'ok' ? [done.amount0, done.amount1] : null).toEqual(model.leave(units))
            if (done.status === 'ok') pair = done.pair
          }
          same([pair.reserve0, pair.reserve1, pair.totalSupply], [model.x, model.y, model.supply])
        }
      }),
      { numRuns: SEQUENCES },
    )
  })
})
