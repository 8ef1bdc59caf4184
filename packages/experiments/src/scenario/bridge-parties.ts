// Who vouches for a bridge's messages in a scenario: one list of nodes with their roles for every kind of verification,
// in the order in which a forge poisons their data sources.
import type { BridgeRole } from '@solvent/nodes'
import type { Scenario } from './scenario-schema.ts'

export interface BridgeParty {
  readonly node: string
  readonly role: Extract<BridgeRole, 'verifier' | 'proposer' | 'disputer' | 'arbiter'>
}

type Verification = Scenario['bridges'][string]['verification']

/** `kelp-oft-verifier-1`, …; optimistic: `hub-proposer-1`, `hub-disputer-1`, …, `hub-arbiter`. */
export function bridgePartiesOf(bridge: string, verification: Verification): readonly BridgeParty[] {
  const parties = (role: BridgeParty['role'], count: number): BridgeParty[] =>
    Array.from({ length: count }, (_, index) => ({ node: `${bridge}-${role}-${index + 1}`, role }))
  switch (verification.kind) {
    case 'quorum':
      return parties('verifier', verification.verifiers + verification.standby)
    case 'optimistic':
      return [
        ...parties('proposer', verification.proposers),
        ...parties('disputer', verification.disputers),
        { node: `${bridge}-arbiter`, role: 'arbiter' },
      ]
    case 'none':
    case 'canonical':
    case 'light-client':
      return []
  }
}

/** Those whose data sources can lie: the arbiter's reading stands for a vote of many. */
export function believersOf(parties: readonly BridgeParty[]): readonly BridgeParty[] {
  return parties.filter(({ role }) => role !== 'arbiter')
}
