import { asNodeId } from '@solvent/primitives'
import type { Genesis } from '@solvent/protocol'
import { describe, expect, test } from 'vitest'
import { createBridgeNode } from '../bridge/bridge-node.ts'
import { createRunningNetwork, smallGenesis } from '../testing/running-network.ts'
import {
  address,
  L1,
  node,
  prices,
  ROLLUP,
  smallNetwork,
  tokens,
  weakBridge,
} from '../testing/small-network.ts'
import { userCall } from '../testing/user-call.ts'
import { createSolver } from './solver.ts'

const ETHER = 10n ** 18n

/** Atlas has `home` and `far` rsETH of a bridge that locks what is far. */
function genesisWith(home: bigint, far: bigint): readonly Genesis[] {
  return smallGenesis.map((genesis) => {
    const isHome = genesis.chainId === L1
    const token = isHome ? tokens.rsEthL1 : tokens.rsEthRollup
    const own = {
      kind: 'SOLVER' as const,
      owner: address('atlas'),
      token,
      amount: (isHome ? home : far) * ETHER,
    }
    const lock = { kind: 'BRIDGE_LOCK' as const, owner: weakBridge, token, amount: far * ETHER }
    return { ...genesis, balances: [...genesis.balances, own, ...(isHome ? [lock] : [])] }
  })
}

function setUp(home: bigint, far: bigint, { maxWaitSeconds = 3_600 } = {}) {
  const genesis = genesisWith(home, far)
  const network = createRunningNetwork({}, genesis)
  const rebalance = { bandBps: 2_000, cooldownMs: 120_000, maxFeeBps: 0, maxWaitSeconds }
  const init = {
    spec: smallNetwork,
    node: node('atlas'),
    genesis,
    prices,
    rebalance,
    sourcing: null,
    strategy: { kind: 'cost-plus', marginBps: 5 } as const,
  }
  const risk = {
    maxExposurePerBridgeE8: 10n ** 16n,
    confirmationsByValue: [],
    maxConcurrentOrders: 10,
    refuseBelowBackingBps: 0,
  }
  network.add(node('atlas'), createSolver({ ...init, risk }))
  for (const [name, role] of [
    ['weak-verifier', 'verifier'],
    ['weak-relayer', 'relayer'],
    ['issuer', 'issuer'],
  ] as const) {
    network.add(
      node(name),
      createBridgeNode({
        spec: smallNetwork,
        node: node(name),
        bridge: weakBridge,
        roles: [role],
        trustedSources: [],
      }),
    )
  }
  const user = network.probe(node('user-1'))
  const operator = network.probe(asNodeId('operator'))
  network.start()
  /** The user gives atlas rsETH on the rollup. */
  const give = (amount: bigint) =>
    network.act(node('user-1'), () => {
      const call = {
        kind: 'transfer',
        token: tokens.rsEthRollup,
        to: address('atlas'),
        amount: amount * ETHER,
      } as const
      userCall(network, user, ROLLUP, call)
    })
  const balances = () => [
    (network.engines.get(L1)?.balance('SOLVER', address('atlas'), tokens.rsEthL1) ?? 0n) / ETHER,
    (network.engines.get(ROLLUP)?.balance('SOLVER', address('atlas'), tokens.rsEthRollup) ?? 0n) / ETHER,
  ]
  const transfers = () => [
    ...network.chainEvents(L1, 'bridge-transfer'),
    ...network.chainEvents(ROLLUP, 'bridge-transfer'),
  ]
  const steps = () => transfers().map(({ step, amount }) => [step, amount / ETHER])
  const lastReserved = () =>
    network.events.flatMap(({ event }) =>
      'reserved' in event ? [[event.kind, event.reason, event.reserved / ETHER]] : [],
    )
  return { network, operator, give, balances, steps, lastReserved }
}

describe('a rebalancer', () => {
  test('leaves holdings alone that have their first proportions, also when one has grown a little', () => {
    const { network, balances, steps, give } = setUp(100n, 100n)
    network.seconds(1_200)
    give(40n)
    network.seconds(1_200)
    expect(steps()).toEqual([])
    expect(balances()).toEqual([100n, 140n])
  })

  test('sends the excess where it is missing, once, and not back', () => {
    const { network, balances, steps, give, lastReserved } = setUp(100n, 100n)
    give(100n)
    network.seconds(130)
    // Shares are 150 and 150; the rollup has 50 too many.
    expect(balances()).toEqual([100n, 150n])
    expect(lastReserved()).toEqual([
      ['inventory-reserved', 'rebalance', 50n],
      ['inventory-released', 'filled', 0n],
    ])
    network.seconds(3_000)
    expect(steps()).toEqual([
      ['released', 50n],
      ['burned', 50n],
    ])
    expect(balances()).toEqual([150n, 150n])
  })

  test('waits while the bridge is paused', () => {
    const { network, operator, steps, give } = setUp(100n, 100n)
    const pause = { kind: 'pause', bridge: weakBridge, authority: 'issuer', until: 0 } as const
    operator.ports.transport.request(node('issuer'), { type: 'control', body: pause }, 30_000)
    network.seconds(60)
    give(100n)
    network.seconds(600)
    expect(steps()).toEqual([])
  })

  test('sends nothing that would be on its way for too long', () => {
    // The bridge waits for finality on the rollup: more than a minute.
    const { network, steps, give } = setUp(100n, 100n, { maxWaitSeconds: 60 })
    give(100n)
    network.seconds(1_200)
    expect(steps()).toEqual([])
  })
})
