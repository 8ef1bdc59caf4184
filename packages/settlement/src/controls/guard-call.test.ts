// Controls around calls on a chain. The pair holds 4 rsETH and 5 ETH without a fee: selling 1 rsETH leaves 5 and 4, a price that is
// 36 % down (0.8 / 1.25); 0.2 leave 4.2 and 4.7619, 9.3 % down.
import {
  type Call,
  controlAddress,
  marketAddress,
  type NetworkControls,
  NO_CONTROLS,
} from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ETHER,
  ethOracle,
  lendingGenesis,
  lendingNetwork,
  poolAddress,
  USD,
} from '../testing/lending-network.ts'
import { market, marketGenesis, marketNetwork } from '../testing/market-network.ts'
import { address, GENESIS_SECONDS, gas, ORIGIN, rsEthOrigin, usdcOrigin } from '../testing/small-network.ts'
import { createTestChain } from '../testing/test-chain.ts'
import { afterOutflow, type Outflow, outflowFaults } from './outflow-window.ts'

const E8 = 10n ** 8n
const sell = (amountIn: bigint, tokenIn = rsEthOrigin): Call => ({
  kind: 'swap',
  market,
  tokenIn,
  amountIn,
  minAmountOut: 0n,
  recipient: address('user'),
  deadline: GENESIS_SECONDS + 10_000,
})
const breaker = { name: 'halt', address: controlAddress('halt'), chainId: ORIGIN, moveBps: 1_000n }
const lengths = { windowSeconds: 60, haltSeconds: 100 }
const pairHalt = { ...breaker, ...lengths, guarded: market, watched: market, stops: ['swap'] } as const
const poolHalt = {
  ...breaker,
  ...lengths,
  guarded: poolAddress,
  watched: ethOracle,
  stops: ['borrow'],
} as const

const openMarket = (controls: Partial<NetworkControls>) =>
  createTestChain(ORIGIN, {
    spec: {
      ...marketNetwork({ kind: 'constant-product', feePips: 0 }),
      controls: { ...NO_CONTROLS, ...controls },
    },
    genesis: marketGenesis('provided'),
  })

const openPool = (controls: Partial<NetworkControls>) =>
  createTestChain(ORIGIN, {
    spec: { ...lendingNetwork, controls: { ...NO_CONTROLS, ...controls } },
    genesis: lendingGenesis(),
  })

describe('a breaker on a pair', () => {
  test('lets the trade stand that moves the price too far, and refuses the next until the halt is over', () => {
    const chain = openMarket({ breakers: [pairHalt] })
    const { events, reason } = chain.call('user', sell(ETHER), 10)
    expect(reason).toBeNull()
    expect(events.at(-1)).toMatchObject({ kind: 'breaker-tripped', haltedUntil: GENESIS_SECONDS + 110 })
    expect(chain.call('user', sell(ETHER / 10n), 109).reason).toBe('trading-halted')
    expect(chain.call('user', sell(ETHER / 100n, gas), 110).reason).toBeNull()
  })

  test('adds small trades of one window up, and not those of two', () => {
    const pieces = (apart: number) => {
      const chain = openMarket({ breakers: [pairHalt] })
      return [1, 2, 3].map((n) => chain.call('user', sell(ETHER / 5n), n * apart).reason)
    }
    expect(pieces(10)).toEqual([null, null, 'trading-halted'])
    expect(pieces(70)).toEqual([null, null, null])
  })

  test('is taken back with the block', () => {
    const chain = openMarket({ breakers: [pairHalt] })
    const root = chain.engine.stateRoot()
    chain.call('user', sell(ETHER), 10)
    chain.engine.undo()
    expect(chain.engine.stateRoot()).toBe(root)
  })

  test('leaves liquidity free to go', () => {
    const chain = openMarket({ breakers: [pairHalt] })
    chain.call('user', sell(ETHER), 10)
    const leave: Call = {
      kind: 'remove-liquidity',
      market: marketAddress('rseth-eth'),
      shares: ETHER,
      minAmount0: 0n,
      minAmount1: 0n,
      recipient: address('other-user'),
      deadline: GENESIS_SECONDS + 10_000,
    }
    expect(chain.call('other-user', leave, 20).reason).toBeNull()
  })
})

test('a breaker on a pool follows its oracle and stops what it names alone', () => {
  const chain = openPool({ breakers: [poolHalt] })
  const pool = poolAddress
  for (const [who, token, amount] of [
    ['rival', usdcOrigin, 500_000n * USD],
    ['user', rsEthOrigin, 10n * ETHER],
  ] as const)
    chain.call(who, { kind: 'supply', pool, token, amount })
  const borrow: Call = { kind: 'borrow', pool, token: usdcOrigin, amount: 100n * USD }
  expect(chain.call('user', borrow, 10).reason).toBeNull()
  const post: Call = { kind: 'post-price', oracle: ethOracle, round: 1, answerE8: 1_800n * E8 }
  expect(chain.call('reporter', post, 20).events.at(-1)).toMatchObject({
    reference: 2_000n * E8,
    price: 1_800n * E8,
  })
  expect(chain.call('user', borrow, 30).reason).toBe('trading-halted')
  expect(
    chain.call('rival', { kind: 'withdraw', pool, token: usdcOrigin, amount: USD }, 31).reason,
  ).toBeNull()
  expect(chain.call('user', borrow, 120).reason).toBeNull()
})

describe('an outflow limit', () => {
  const limit = {
    ...{ name: 'out', address: controlAddress('out'), chainId: ORIGIN },
    ...{ guarded: market, token: gas, amount: ETHER, windowSeconds: 60 },
  }

  test('lets through what it says to the last unit, and as much again after the window', () => {
    // 0.5 rsETH are paid 5 · 0.5 / (4 + 0.5) = 0.555… ETH: exactly the limit.
    const chain = openMarket({ outflowLimits: [{ ...limit, amount: (5n * ETHER) / 9n }] })
    expect(chain.call('user', sell(ETHER / 2n), 10).reason).toBeNull()
    expect(chain.call('user', sell(10n), 69).reason).toBe('outflow-limited')
    expect(chain.call('user', sell(ETHER / 4n), 70).reason).toBeNull()
  })

  test('does not mind what comes in', () => {
    const chain = openMarket({ outflowLimits: [limit] })
    expect(chain.call('user', sell(ETHER / 2n, gas), 10).reason).toBeNull()
    expect(chain.call('user', sell(ETHER), 20).reason).toBe('outflow-limited')
  })

  test('counts what any window holds', () => {
    const steps = fc.array(fc.tuple(fc.nat(40), fc.bigInt(1n, 60n)), { maxLength: 30 })
    fc.assert(
      fc.property(steps, (asked) => {
        const left: Outflow[] = []
        let outflows: readonly Outflow[] = []
        let at = 0
        for (const [wait, amount] of asked) {
          at += wait
          const sum = left.reduce((total, each) => total + (at - each.at < 60 ? each.amount : 0n), 0n)
          const after = afterOutflow(outflows, { at, amount }, { amount: 100n, windowSeconds: 60 })
          expect(after === null).toBe(sum + amount > 100n)
          if (after === null) continue
          left.push({ at, amount })
          outflows = after
        }
      }),
    )
  })

  test('names impossible rules', () => {
    expect(outflowFaults({ amount: 1n, windowSeconds: 1 })).toEqual([])
    expect(outflowFaults({ amount: 0n, windowSeconds: 0 })).toHaveLength(2)
  })
})
