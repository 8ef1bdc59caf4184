// Isolated markets on a real chain under audit: a life of a market that breaks nothing, then rules of the engine altered, of which the audit
// knows nothing.
import { ALL_OF_IT, type Call, contractAddress, type IsolatedMarketSpec } from '@solvent/protocol'
import type { SettlementRules } from '@solvent/settlement'
import { expect, it } from 'vitest'
import { ETHER, ethOracle, feeds, HEARTBEAT, post, usdOracle } from './audited-lending.ts'
import { AuditedNetwork, address, ORIGIN, rsEthFar, usdc } from './audited-network.ts'

const market = contractAddress('lending', 'isolated')
const WAD = 10n ** 18n
const rule = (oracle: typeof ethOracle) => ({
  ...{ oracle, maxAgeSeconds: HEARTBEAT + 600, floorE8: 1n, capE8: 10n ** 20n },
})
const spec: IsolatedMarketSpec = {
  name: 'isolated',
  address: market,
  chainId: ORIGIN,
  loan: { token: usdc, symbol: 'USDC', decimals: 6, price: rule(usdOracle) },
  collateral: { token: rsEthFar, symbol: 'rsETH', decimals: 18, price: rule(ethOracle) },
  lltvWad: (86n * WAD) / 100n,
  feeWad: WAD / 10n,
  feeRecipient: address('guardian'),
  rate: { kind: 'adaptive-curve', atTargetWad: WAD / 25n / 31_536_000n },
}
const at = { pool: market, token: usdc }
const liquidate = (debtToCover: bigint): Call => ({
  ...{ kind: 'liquidate', pool: market, borrower: address('alice') },
  ...{ collateral: rsEthFar, debt: usdc, debtToCover, receive: 'underlying' },
})

/** A coin of 100,000 (see audited-lending): alice pledges 100,000 in ether and owes 80,000. */
function lend(rules: Partial<SettlementRules> = {}): AuditedNetwork {
  const network = new AuditedNetwork({ rules, contracts: { oracles: feeds(), isolatedMarkets: [spec] } })
  network.done(ORIGIN, 'atlas', { kind: 'supply', ...at, amount: 1_000_000n })
  network.done(ORIGIN, 'alice', { kind: 'supply', pool: market, token: rsEthFar, amount: 50n * ETHER })
  network.done(ORIGIN, 'alice', { kind: 'borrow', ...at, amount: 800_000n })
  return network
}

it('breaks nothing in a life of a market: interest, fee, repayment, release, liquidation, bad debt, a block taken back', () => {
  const network = lend()
  network.done(
    ORIGIN,
    'alice',
    { kind: 'repay', ...at, amount: 100_000n, onBehalfOf: address('alice') },
    1_000,
  )
  network.done(ORIGIN, 'alice', { kind: 'withdraw', pool: market, token: rsEthFar, amount: ETHER }, 2_000)
  network.done(ORIGIN, 'atlas', { kind: 'withdraw', ...at, amount: 50_000n })
  const refused = (call: Call, second?: number) => network.call(ORIGIN, 'alice', call, second).reason
  expect(refused({ kind: 'borrow', ...at, amount: 10n ** 9n })).toBe('health-factor-below-threshold')
  expect(refused({ kind: 'withdraw', pool: market, token: rsEthFar, amount: ALL_OF_IT })).toBe(
    'health-factor-below-threshold',
  )
  expect(refused({ kind: 'set-e-mode', pool: market, eMode: null })).toBe('wrong-engine')
  expect(network.call(ORIGIN, 'borealis', liquidate(1n)).reason).toBe('health-factor-not-below-threshold')
  post(network, 1_600n, 1, 3_000)
  network.done(ORIGIN, 'borealis', liquidate(100_000n))
  network.undo(ORIGIN)
  network.produce(ORIGIN, 100)
  post(network, 700n, 2)
  network.done(ORIGIN, 'borealis', liquidate(ALL_OF_IT))
  network.done(ORIGIN, 'atlas', { kind: 'withdraw', ...at, amount: ALL_OF_IT })
  expect(network.broken()).toEqual([])
  const { checked } = network.auditor.finish()
  expect(network.broken()).toEqual([])
  for (const id of ['C-1', 'C-2', 'C-3', 'C-4', 'C-5', 'C-6'] as const)
    expect(checked.get(id)).toBeGreaterThan(1)
})

it('catches a bad debt that suppliers are not told of', () => {
  const network = lend({ isolatedLoss: () => 0n })
  post(network, 1_000n, 1)
  network.done(ORIGIN, 'borealis', liquidate(ALL_OF_IT))
  expect(network.broken()).toContain('C-6')
})

it('catches a liquidator who is paid more than the incentive', () => {
  const network = lend({ collateralPaid: (seized) => seized + 1n })
  post(network, 1_700n, 1)
  network.done(ORIGIN, 'borealis', liquidate(100_000n))
  expect(network.broken()).toContain('C-4')
})

it('catches a stale price that is used', () => {
  const network = lend({ acceptedPrice: (priceRule, _now, answerOf) => answerOf(priceRule.oracle) })
  network.done(ORIGIN, 'alice', { kind: 'borrow', ...at, amount: 1n }, HEARTBEAT + 601)
  expect(network.broken()).toEqual(['C-5'])
})
