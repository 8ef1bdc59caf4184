// A pair that pays too much, and what else a market may do wrong, on a real chain under audit.
import { isqrtFloor } from '@solvent/primitives'
import { type MarketSpec, marketAddress, marketShareToken, vaultAddress } from '@solvent/protocol'
import { type Fill, type SettlementRules, settlementRules } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { AuditedNetwork, address, at, ORIGIN, rsEthFar, usdc } from './audited-network.ts'

const ETHER = 10n ** 18n
const market = marketAddress('rseth-usdc')
const share = marketShareToken({ name: 'rseth-usdc' })
const terms = { market, recipient: address('alice'), deadline: at(100) }

const pair: MarketSpec = {
  name: 'rseth-usdc',
  chainId: ORIGIN,
  address: market,
  token0: rsEthFar,
  token1: usdc,
  design: { kind: 'constant-product', feePips: 3_000 },
}

/** A pair that alice fills with 10 rsETH and 500,000 units, and sells 1 rsETH to. */
function trade(rules: Partial<SettlementRules> = {}): AuditedNetwork {
  const network = new AuditedNetwork({
    rules,
    contracts: {
      markets: [pair],
    },
  })
  network.done(ORIGIN, 'alice', {
    kind: 'add-liquidity',
    ...terms,
    amount0: 10n * ETHER,
    amount1: 500_000n,
    minAmount0: 0n,
    minAmount1: 0n,
  })
  network.done(ORIGIN, 'alice', {
    kind: 'swap',
    ...terms,
    tokenIn: rsEthFar,
    amountIn: ETHER,
    minAmountOut: 0n,
  })
  network.done(ORIGIN, 'alice', {
    kind: 'transfer',
    token: share,
    to: address('atlas'),
    amount: ETHER / 10n ** 9n,
  })
  network.done(ORIGIN, 'atlas', {
    kind: 'remove-liquidity',
    ...terms,
    shares: ETHER / 10n ** 9n,
    minAmount0: 0n,
    minAmount1: 0n,
  })
  return network
}

describe('a pair under audit', () => {
  it('breaks nothing when it trades by its rule', () => {
    const network = trade()
    expect(network.broken()).toEqual([])
    expect(network.auditor.finish().checked.get('A-1')).toBeGreaterThan(5)
  })

  it('is caught when it forgets its fee, so that k falls', () => {
    const free = { numerator: 0n, denominator: 1n }
    const network = trade({
      sellToPair: (pair, sale, rules, now) =>
        settlementRules.sellToPair(pair, sale, { ...rules, fee: free }, now),
    })
    expect(network.broken()).toEqual(['A-1'])
  })

  it('is caught when it keeps a unit of what it owes', () => {
    const network = trade({
      sellToPair: (pair, sale, rules, now) => {
        const sold = settlementRules.sellToPair(pair, sale, rules, now)
        return sold.status === 'refused' ? sold : { ...sold, amountOut: sold.amountOut - 1n }
      },
    })
    expect(network.broken()).toContain('A-1')
  })

  it('is caught when its reserves are not what its pool holds', () => {
    const network = trade({
      sellToPair: (pair, sale, rules, now) => {
        const sold = settlementRules.sellToPair(pair, sale, rules, now)
        return sold.status === 'refused' ? sold : { ...sold, pair }
      },
    })
    expect(network.broken()).toContain('A-1')
  })
})

describe('a stable pool under audit', () => {
  const stable = {
    kind: 'stable-swap',
    feePips: 400,
    amplification: 50,
    rate0: 10n ** 18n,
    rate1: 10n ** 30n,
  } as const

  /** 10 rsETH and as many whole units of USDC; alice sells 2. */
  function sell(rules: Partial<SettlementRules> = {}): AuditedNetwork {
    const network = new AuditedNetwork({ rules, contracts: { markets: [{ ...pair, design: stable }] } })
    const provided = { amount0: ETHER / 2n, amount1: 500_000n, minAmount0: 0n, minAmount1: 0n }
    network.done(ORIGIN, 'alice', { kind: 'add-liquidity', ...terms, ...provided })
    network.done(ORIGIN, 'alice', {
      kind: 'swap',
      ...terms,
      tokenIn: rsEthFar,
      amountIn: ETHER / 5n,
      minAmountOut: 0n,
    })
    return network
  }

  it('breaks nothing when it trades by its rule', () => {
    expect(sell().broken()).toEqual([])
  })

  it.each<[string, bigint]>([
    ['forgets its fee', 10_004n],
    ['keeps a thousandth more', 9_990n],
  ])('is caught when it %s', (_what, parts) => {
    const network = sell({
      exchangeCoins: (pool, order, rules) => {
        const sold = settlementRules.exchangeCoins(pool, order, rules)
        if (sold.status === 'refused') return sold
        const amountOut = (sold.amountOut * parts) / 10_000n
        const kept = sold.amountOut - amountOut
        const balances = sold.pool.balances.with(order.to, (sold.pool.balances[order.to] ?? 0n) + kept)
        return { ...sold, amountOut, pool: { ...sold.pool, balances } }
      },
    })
    expect(network.broken()).toContain('A-1')
  })
})

describe('a pool of concentrated liquidity under audit', () => {
  // 0.00005 units of USDC for one of rsETH: 10 rsETH are 500,000.
  const start = 5n * 10n ** 14n
  const concentrated = {
    kind: 'concentrated',
    feePips: 3_000,
    tickSpacing: 60,
    sqrtPriceX96: isqrtFloor((start << 192n) / 10n ** 28n),
    ranges: [],
    vaults: [],
  } as const
  const wide = { tickLower: -312_000, tickUpper: -303_000 }
  const narrow = { tickLower: -306_600, tickUpper: -306_000 }
  const provided = { amount0: 10n * ETHER, amount1: 500_000n, minAmount0: 0n, minAmount1: 0n }

  /** Two ranges of alice and one of atlas, sales both ways over their ends, and all of alice's taken out. */
  function play(rules: Partial<SettlementRules> = {}): AuditedNetwork {
    const network = new AuditedNetwork({ rules, contracts: { markets: [{ ...pair, design: concentrated }] } })
    const { recipient: _, ...asked } = terms
    network.done(ORIGIN, 'alice', { kind: 'mint-range', ...asked, ...wide, ...provided, amount1: 100_000n })
    network.done(ORIGIN, 'alice', { kind: 'mint-range', ...asked, ...narrow, ...provided, amount1: 100_000n })
    const sale = { kind: 'swap', ...terms, minAmountOut: 0n } as const
    network.done(ORIGIN, 'alice', { ...sale, tokenIn: rsEthFar, amountIn: 3n * ETHER })
    network.done(ORIGIN, 'alice', { ...sale, tokenIn: usdc, amountIn: 250_000n })
    for (const range of [narrow, wide]) {
      const collected = { kind: 'burn-range', ...terms, ...range, minAmount0: 0n, minAmount1: 0n } as const
      network.done(ORIGIN, 'alice', { ...collected, liquidity: 0n })
    }
    return network
  }

  it('breaks nothing when it trades by its rule', () => {
    const network = play()
    expect(network.broken()).toEqual([])
    expect(network.auditor.finish().checked.get('A-2')).toBeGreaterThan(10)
  })

  it.each<[string, Partial<SettlementRules>]>([
    [
      'pays a thousandth more than its way gives',
      {
        swapRanges: (pool, swap) => {
          const swapped = settlementRules.swapRanges(pool, swap)
          if (swapped.status === 'refused') return swapped
          const more = (amount: bigint): bigint => (amount < 0n ? (amount * 1_001n) / 1_000n : amount)
          return { status: 'ok', amount0: more(swapped.amount0), amount1: more(swapped.amount1) }
        },
      },
    ],
    [
      'moves its price by half of what it takes',
      {
        swapRanges: (pool, swap) => {
          const swapped = settlementRules.swapRanges(pool, { ...swap, amount: swap.amount / 2n })
          if (swapped.status === 'refused') return swapped
          return { status: 'ok', amount0: 2n * swapped.amount0, amount1: 2n * swapped.amount1 }
        },
      },
    ],
    [
      'pays fees twice',
      {
        collectRange: (pool, range) => {
          const { amount0, amount1 } = settlementRules.collectRange(pool, range)
          return { amount0: 2n * amount0, amount1: 2n * amount1 }
        },
      },
    ],
    [
      'keeps the fees of providers',
      {
        collectRange: (pool, range) => {
          settlementRules.collectRange(pool, range)
          return { amount0: 0n, amount1: 0n }
        },
      },
    ],
  ])('is caught when it %s', (_what, rules) => {
    expect(play(rules).broken()).toContain('A-2')
  })
})

describe('a vault of a range under audit', () => {
  const start = 5n * 10n ** 14n
  const vault = vaultAddress('wide')
  const ticks = { tickLower: -312_000, tickUpper: -303_000 }
  const design = {
    kind: 'concentrated',
    feePips: 3_000,
    tickSpacing: 60,
    ranges: [],
    sqrtPriceX96: isqrtFloor((start << 192n) / 10n ** 28n),
    vaults: [{ name: 'wide', address: vault, ...ticks }],
  } as const
  const asked = { market, vault, deadline: terms.deadline }

  /** Alice begins a vault, a sale earns it a fee, she pays in again and takes half of hers out. */
  function play(rules: Partial<SettlementRules> = {}): AuditedNetwork {
    const network = new AuditedNetwork({ rules, contracts: { markets: [{ ...pair, design }] } })
    const join = { kind: 'mint-vault-shares', ...asked, minShares: 0n } as const
    network.done(ORIGIN, 'alice', { ...join, amount0: 10n * ETHER, amount1: 100_000n })
    const sale = { kind: 'swap', ...terms, minAmountOut: 0n } as const
    network.done(ORIGIN, 'alice', { ...sale, tokenIn: rsEthFar, amountIn: ETHER / 10n })
    network.done(ORIGIN, 'alice', { ...join, amount0: ETHER, amount1: 50_000n })
    const { recipient } = terms
    const shares = 10n ** 12n
    const leave = { kind: 'burn-vault-shares', ...asked, recipient, minAmount0: 0n, minAmount1: 0n } as const
    network.done(ORIGIN, 'alice', { ...leave, shares })
    return network
  }

  it('breaks nothing by its rule', () => {
    expect(play().broken()).toEqual([])
  })

  it.each<[string, SettlementRules['partOfVault']]>([
    ['pays a hundredth too much', (amount, shares, whole) => (amount * shares * 101n) / (whole * 100n)],
    ['pays a hundredth too little', (amount, shares, whole) => (amount * shares * 99n) / (whole * 100n)],
  ])('is caught when it %s', (_what, partOfVault) => {
    expect(play({ partOfVault }).broken()).toContain('A-2')
  })
})

describe('a limit order book under audit', () => {
  const book = {
    kind: 'order-book',
    lotSize: ETHER / 10n,
    tickSize: 10n,
    operator: address('atlas'),
    takerFeePips: 1_000,
    makerRebatePips: 500,
  } as const

  /** Alice offers three times and bids once, atlas buys and sells; an order is taken back. */
  function play(rules: Partial<SettlementRules> = {}): AuditedNetwork {
    const network = new AuditedNetwork({ rules, contracts: { markets: [{ ...pair, design: book }] } })
    const asked = { kind: 'place-orders', market, deadline: terms.deadline } as const
    const rest = { timeInForce: 'good-till-cancelled' } as const
    network.done(ORIGIN, 'alice', {
      ...asked,
      cancels: [],
      orders: [
        { side: 'sell', priceTicks: 510, lots: 5n, ...rest },
        { side: 'sell', priceTicks: 500, lots: 3n, ...rest },
        { side: 'sell', priceTicks: 500, lots: 4n, ...rest },
        { side: 'buy', priceTicks: 480, lots: 2n, ...rest },
      ],
    })
    const buys = { ...terms, tokenIn: usdc, amountIn: 26_000n, minAmountOut: 0n }
    network.done(ORIGIN, 'alice', { kind: 'swap', ...buys })
    network.done(ORIGIN, 'alice', {
      ...asked,
      cancels: [0],
      orders: [{ side: 'sell', priceTicks: 470, lots: 3n, ...rest }],
    })
    return network
  }

  it('breaks nothing when it trades by its rule', () => {
    const network = play()
    expect(network.broken()).toEqual([])
    expect(network.auditor.finish().checked.get('A-3')).toBeGreaterThan(10)
  })

  const altered = (
    alter: (fills: readonly Fill[]) => readonly Fill[],
    when: (fills: readonly Fill[]) => boolean = () => true,
  ): Partial<SettlementRules> => ({
    placeInBook: (state, order) => {
      const placed = settlementRules.placeInBook(state, order)
      return placed.status === 'ok' && order.side === 'buy' && placed.fills.length > 0 && when(placed.fills)
        ? { ...placed, fills: alter(placed.fills) }
        : placed
    },
  })

  it.each<[string, Partial<SettlementRules>]>([
    [
      'trades at a worse price than who waits wants',
      altered((fills) => fills.map((fill) => ({ ...fill, priceTicks: fill.priceTicks + 1 }))),
    ],
    [
      'serves who came later first',
      altered(
        (fills) => fills.toReversed(),
        (fills) => fills.length > 1,
      ),
    ],
    [
      'says that a lot less was filled',
      altered(
        (fills) => fills.map((fill) => ({ ...fill, lots: fill.lots - 1n })),
        (fills) => fills.every(({ lots }) => lots > 1n),
      ),
    ],
    [
      'lets what would trade wait',
      {
        placeInBook: (state, order) =>
          settlementRules.placeInBook(
            state,
            order.side === 'sell' && order.priceTicks < 480 ? { ...order, priceTicks: 490 } : order,
          ),
      },
    ],
    [
      'locks a lot more than waits',
      {
        placeInBook: (state, order) => {
          const placed = settlementRules.placeInBook(state, order)
          return placed.status === 'ok' && order.side === 'buy'
            ? { ...placed, restingLots: placed.restingLots + 1n }
            : placed
        },
      },
    ],
  ])('is caught when it %s', (_what, rules) => {
    expect(play(rules).broken()).toContain('A-3')
  })
})
