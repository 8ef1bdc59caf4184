// The average of a pair's price on a real chain under audit: readings, windows, what a short move counts, a re-org, and an average that is a unit
// off. The rule is altered; the audit knows nothing of it.
import { isqrtFloor } from '@solvent/primitives'
import {
  type Call,
  contractAddress,
  type MarketSpec,
  marketAddress,
  type OracleSpec,
} from '@solvent/protocol'
import type { SettlementRules } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { AuditedNetwork, address, at, ORIGIN, rsEthFar, usdc } from './audited-network.ts'

const ETHER = 10n ** 18n
const market = marketAddress('pair')
const average = contractAddress('oracle', 'eth-average')
const dollars = contractAddress('oracle', 'usdc-usd')
const pair: MarketSpec = {
  name: 'pair',
  chainId: ORIGIN,
  address: market,
  token0: rsEthFar,
  token1: usdc,
  design: { kind: 'constant-product', feePips: 3_000 },
}
/** A coin of 100,000 dollars with six decimals: a base unit is worth ten cents. */
const oracles: OracleSpec[] = [
  {
    ...{ name: 'eth-average', address: average, chainId: ORIGIN, symbol: 'rsETH' },
    source: {
      ...{ kind: 'twap', market, side: 'token0', of: dollars, decimals0: 18, decimals1: 6 },
      ...{ windowSeconds: 1_800, genesisE8: null },
    },
  },
  {
    ...{ name: 'usdc-usd', address: dollars, chainId: ORIGIN, symbol: 'USDC' },
    source: { kind: 'peg', priceE8: 100_000n * 10n ** 8n },
  },
]
const terms = { market, recipient: address('alice'), deadline: at(100_000) }
const sell = (tokenIn: typeof usdc, amountIn: bigint): Call => ({
  kind: 'swap',
  ...terms,
  tokenIn,
  amountIn,
  minAmountOut: 0n,
})
const poke: Call = { kind: 'poke-oracle', oracle: average }

/** A pool of ranges at 2,000 dollars, 0.02 of the pair's unit of ten cents for 10^12 of a coin's, with a first reading at second 100. */
function readRanges(rules: Partial<SettlementRules> = {}): AuditedNetwork {
  const sqrtPriceX96 = isqrtFloor((2n << 192n) / 10n ** 14n)
  const design = {
    kind: 'concentrated',
    feePips: 3_000,
    tickSpacing: 60,
    sqrtPriceX96,
    ranges: [],
    vaults: [],
  } as const
  const network = new AuditedNetwork({ rules, contracts: { markets: [{ ...pair, design }], oracles } })
  const { recipient: _, ...asked } = terms
  const provision = { amount0: 10n * ETHER, amount1: 200_000n, minAmount0: 0n, minAmount1: 0n }
  const range = { tickLower: -887_220, tickUpper: 887_220 }
  network.done(ORIGIN, 'alice', { kind: 'mint-range', ...asked, ...range, ...provision }, 10)
  network.done(ORIGIN, 'borealis', poke, 100)
  return network
}

/** A pair of 10 ETH and 20,000 dollars, and a first reading at second 100. */
function read(rules: Partial<SettlementRules> = {}): AuditedNetwork {
  const network = new AuditedNetwork({ rules, contracts: { markets: [pair], oracles } })
  const provision = { amount0: 10n * ETHER, amount1: 200_000n, minAmount0: 0n, minAmount1: 0n }
  network.done(ORIGIN, 'alice', { kind: 'add-liquidity', ...terms, ...provision }, 10)
  const first = network.done(ORIGIN, 'borealis', poke, 100)
  expect(first.events).toMatchObject([{ kind: 'average-taken', answerE8: null }])
  return network
}

const answerOf = ({ events }: ReturnType<AuditedNetwork['done']>): bigint =>
  (events.find(({ kind }) => kind === 'average-taken') as { answerE8: bigint }).answerE8

/** Dollars a whole unit, from what the pair says of itself. */
const priceIn = ({ events }: ReturnType<AuditedNetwork['done']>): number => {
  const synced = events.find(({ kind }) => kind === 'market-synced') as {
    reserve0: bigint
    reserve1: bigint
  }
  return (Number(synced.reserve1) / Number(synced.reserve0)) * 1e17
}

describe('an average under audit', () => {
  it('is refused before its window is over, and then says what the pair paid', () => {
    const network = read()
    expect(network.call(ORIGIN, 'borealis', poke, 1_899).reason).toBe('too-early')
    const answer = answerOf(network.done(ORIGIN, 'borealis', poke, 1_900))
    // 2,000 dollars, rounded down twice.
    expect(answer).toBeLessThanOrEqual(200_000_000_000n)
    expect(answer).toBeGreaterThanOrEqual(199_999_999_999n)
    network.auditor.finish()
    expect(network.broken()).toEqual([])
  })

  it('counts a move for the seconds that it lasted, in either direction', () => {
    const network = read()
    const moved = priceIn(network.done(ORIGIN, 'alice', sell(usdc, 400_000n), 1_000))
    expect(moved).toBeGreaterThan(17_000)
    const back = priceIn(network.done(ORIGIN, 'alice', sell(rsEthFar, 6n * ETHER), 1_012))
    const answer = Number(answerOf(network.done(ORIGIN, 'borealis', poke, 2_000))) / 1e8
    const due = (900 * 2_000 + 12 * moved + 988 * back) / 1_900
    expect(Math.abs(answer / due - 1)).toBeLessThan(1e-9)
    network.auditor.finish()
    expect(network.broken()).toEqual([])
  })

  it.each([
    ['a pair', read],
    ['a pool of ranges', readRanges],
  ])('of %s takes readings back with their block', (_, setUp) => {
    const network = setUp()
    network.done(ORIGIN, 'alice', sell(usdc, 1_000n), 500)
    const first = answerOf(network.done(ORIGIN, 'borealis', poke, 2_000))
    network.undo(ORIGIN)
    const [again] = network
      .produce(ORIGIN, 2_000)!
      .receipts.filter(({ events }) => events.some(({ kind }) => kind === 'average-taken'))
    expect(answerOf(again!)).toBe(first)
    network.auditor.finish()
    expect(network.broken()).toEqual([])
  })

  it('of a pool of ranges is the geometric mean of what it paid', () => {
    const network = readRanges()
    network.done(ORIGIN, 'alice', sell(usdc, 200_000n), 1_000)
    const answer = Number(answerOf(network.done(ORIGIN, 'borealis', poke, 1_900))) / 1e8
    // Twice the dollars are nearly four times the price, for half of the time: 2,000 · √4 less the fee; a pair would say 5,000.
    expect(answer).toBeGreaterThan(3_980)
    expect(answer).toBeLessThan(4_000)
    network.auditor.finish()
    expect(network.broken()).toEqual([])
  })

  it('of a pool of ranges is caught two units off', () => {
    const sold = (network: AuditedNetwork) => {
      network.done(ORIGIN, 'alice', sell(usdc, 1_000n), 500)
      return network.done(ORIGIN, 'borealis', poke, 2_000)
    }
    const honest = answerOf(sold(readRanges()))
    const wrong = readRanges({ averageInNumeraire: () => honest + 2n })
    sold(wrong)
    expect(wrong.broken()).toContain('C-5')
  })

  it('catches an average that is a unit off', () => {
    const network = read({ averageInNumeraire: () => 200_000_000_001n })
    network.done(ORIGIN, 'borealis', poke, 2_000)
    expect(network.broken()).toContain('C-5')
  })
})
