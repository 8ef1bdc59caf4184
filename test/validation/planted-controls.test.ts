// Breakers and outflow limits that do not do what they say (G-1, G-2), on a real chain under audit.
import { controlAddress, type MarketSpec, marketAddress } from '@solvent/protocol'
import { type SettlementRules, settlementRules } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { AuditedNetwork, address, at, ORIGIN, rsEthFar, usdc } from './audited-network.ts'

const ETHER = 10n ** 18n
const market = marketAddress('rseth-usdc')
const terms = { market, recipient: address('alice'), deadline: at(10_000) }

const pair: MarketSpec = {
  name: 'rseth-usdc',
  chainId: ORIGIN,
  address: market,
  token0: rsEthFar,
  token1: usdc,
  design: { kind: 'constant-product', feePips: 3_000 },
}

/** Alice sells a tenth of what the pair holds (the price falls by 17 %), and again when the halt is over. */
function trade(rules: Partial<SettlementRules> = {}): AuditedNetwork {
  const network = new AuditedNetwork({
    rules,
    contracts: {
      markets: [pair],
      controls: {
        breakers: [
          {
            ...{ name: 'halt', address: controlAddress('halt'), chainId: ORIGIN },
            ...{ guarded: market, watched: market, moveBps: 1_000n, windowSeconds: 60, haltSeconds: 100 },
            stops: ['swap'],
          },
        ],
        outflowLimits: [
          {
            ...{ name: 'out', address: controlAddress('out'), chainId: ORIGIN },
            ...{ guarded: market, token: usdc, amount: 50_000n, windowSeconds: 400 },
          },
        ],
      },
    },
  })
  network.done(ORIGIN, 'alice', {
    ...{ kind: 'add-liquidity', ...terms, amount0: 10n * ETHER, amount1: 500_000n },
    ...{ minAmount0: 0n, minAmount1: 0n },
  })
  const sell = (second: number) =>
    network.call(
      ORIGIN,
      'alice',
      { kind: 'swap', ...terms, tokenIn: rsEthFar, amountIn: ETHER, minAmountOut: 0n },
      second,
    )
  sell(10)
  sell(20)
  sell(150)
  return network
}

describe('controls under audit', () => {
  it('break nothing when they follow their rules', () => {
    const network = trade()
    expect(network.broken()).toEqual([])
    const { checked } = network.auditor.finish()
    expect(checked.get('G-1')).toBeGreaterThan(1)
    expect(checked.get('G-2')).toBeGreaterThan(1)
  })

  it('are caught when a breaker sleeps', () => {
    expect(trade({ afterPrice: (state) => state }).broken()).toContain('G-1')
  })

  it('are caught when a breaker halts before its price has moved', () => {
    const early: SettlementRules['afterPrice'] = (state, price, now, rules) =>
      settlementRules.afterPrice(state, price, now, { ...rules, moveBps: 0n })
    expect(trade({ afterPrice: early }).broken()).toContain('G-1')
  })

  it('are caught when a halt is shorter than it should be', () => {
    const short: SettlementRules['afterPrice'] = (state, price, now, rules) =>
      settlementRules.afterPrice(state, price, now, { ...rules, haltSeconds: 5 })
    expect(trade({ afterPrice: short }).broken()).toContain('G-1')
  })

  it('are caught when a window forgets what left', () => {
    const forgetful: SettlementRules['afterOutflow'] = (_, leaving) => [leaving]
    expect(trade({ afterOutflow: forgetful }).broken()).toEqual(['G-2'])
  })
})
