// A custodian that pays in secret, or whose estate is shared by another rule (V-2), on a real chain under audit.
import { derivativeAddress } from '@solvent/protocol'
import { type SettlementRules, settlementRules } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { AuditedNetwork, address, ORIGIN, usdc } from './audited-network.ts'

const custodian = derivativeAddress('custodian', 'vault')
const claims = [
  { holder: address('bob'), amount: 3_000_000_000n },
  { holder: address('carol'), amount: 7_000_000_001n },
]

/** Alice keeps coins, halts, and is wound up for more than she has. */
function run(
  estateShare: SettlementRules['estateShare'] = settlementRules.estateShare,
  isSecretive = false,
): AuditedNetwork {
  const network = new AuditedNetwork({
    rules: { estateShare },
    contracts: {
      derivatives: [
        {
          kind: 'custodian',
          name: 'vault',
          address: custodian,
          chainId: ORIGIN,
          token: usdc,
          account: address('alice'),
          customers: address('customers'),
        },
      ],
    },
  })
  const pay = { kind: 'transfer', token: usdc, to: address('bob'), amount: 5n } as const
  network.done(ORIGIN, 'alice', pay)
  network.done(ORIGIN, 'alice', { kind: 'halt-withdrawals', custodian })
  if (isSecretive) network.done(ORIGIN, 'alice', pay)
  network.done(ORIGIN, 'alice', { kind: 'wind-up-custodian', custodian, claims })
  for (const { holder } of claims) network.done(ORIGIN, 'alice', { kind: 'claim-estate', custodian, holder })
  return network
}

describe('a custodian under audit', () => {
  it('breaks nothing when it stops and shares what is there', () => {
    const network = run()
    expect(network.broken()).toEqual([])
    expect(network.auditor.finish().checked.get('V-2')).toBeGreaterThan(4)
  })

  it('is caught when it pays a friend after it has halted', () => {
    expect(run(settlementRules.estateShare, true).broken()).toEqual(['V-2'])
  })

  it('is caught when a creditor has a unit too many or too few', () => {
    for (const off of [1n, -1n])
      expect(run((estate, claim) => settlementRules.estateShare(estate, claim) + off).broken()).toEqual([
        'V-2',
      ])
  })
})
