// A collateral check that lets more through than it says (G-5), on a real chain under audit.
import { type Call, contractAddress, controlAddress, NO_CONTROLS } from '@solvent/protocol'
import type { SettlementRules } from '@solvent/settlement'
import { expect, it } from 'vitest'
import { ETHER, feeds, lendingPools } from './audited-lending.ts'
import { AuditedNetwork, ORIGIN, rsEthFar, usdc } from './audited-network.ts'

const [first, second] = ['main', 'side'].map((name) => contractAddress('lending', name)) as [
  ReturnType<typeof contractAddress>,
  ReturnType<typeof contractAddress>,
]

/** Alice pledges 20 ether in each of two pools; 30 may stand behind her loans. */
function lend(rules: Partial<SettlementRules> = {}): AuditedNetwork {
  const pools = ['main', 'side'].flatMap((name) => lendingPools({ kind: 'fixed-spread' }, name))
  const check = {
    ...{ name: 'view', address: controlAddress('view'), chainId: ORIGIN },
    ...{ places: [first, second], token: rsEthFar, most: 30n * ETHER },
  }
  const controls = { ...NO_CONTROLS, collateralChecks: [check] }
  const network = new AuditedNetwork({
    rules,
    contracts: { oracles: feeds(), lendingPools: pools, controls },
  })
  for (const pool of [first, second])
    network.done(ORIGIN, 'atlas', { kind: 'supply', pool, token: usdc, amount: 400_000n })
  network.done(ORIGIN, 'alice', { kind: 'supply', pool: first, token: rsEthFar, amount: 20n * ETHER })
  network.done(ORIGIN, 'alice', borrow(first))
  network.done(ORIGIN, 'alice', { kind: 'supply', pool: second, token: rsEthFar, amount: 20n * ETHER })
  return network
}
const borrow = (pool: typeof first): Call => ({ kind: 'borrow', pool, token: usdc, amount: 100_000n })

it('refuses a loan with too much pledged in all, and gives it when some has been taken out', () => {
  const network = lend()
  expect(network.call(ORIGIN, 'alice', borrow(second)).reason).toBe('pledged-elsewhere')
  network.done(ORIGIN, 'alice', { kind: 'withdraw', pool: first, token: rsEthFar, amount: 11n * ETHER })
  network.done(ORIGIN, 'alice', borrow(second))
  expect(network.broken()).toEqual([])
  expect(network.auditor.finish().checked.get('G-5')).toBe(2)
})

it('is caught when it lets everything through', () => {
  const network = lend({ mayPledge: () => true })
  network.done(ORIGIN, 'alice', borrow(second))
  expect(network.broken()).toEqual(['G-5'])
})
