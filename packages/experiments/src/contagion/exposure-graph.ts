// Who owes whom in a run of a study: the snapshot in which most is owed.
import type { ExposureNetwork } from '@solvent/contagion'

export interface ExposureGraph {
  readonly atSeconds: number
  readonly label: string
  readonly nodes: readonly {
    readonly id: string
    readonly kind: string
    readonly owed: number
    readonly owns: number
  }[]
  readonly claims: readonly {
    readonly debtor: string
    readonly creditor: string
    readonly layer: string
    readonly amount: number
  }[]
}

/** Null where nobody owes anybody anything at any moment. */
export function exposureGraph(snapshots: readonly ExposureNetwork[]): ExposureGraph | null {
  const [largest] = snapshots
    .map((network) => ({ network, sum: network.claims.reduce((sum, { amount }) => sum + amount, 0) }))
    .filter(({ sum }) => sum > 0)
    .sort((a, b) => b.network.claims.length - a.network.claims.length || b.sum - a.sum)
  if (largest === undefined) return null
  const { network } = largest
  const claims = network.claims
    .filter(({ amount }) => amount > 0)
    .map(({ debtor, creditor, amount, layer = 'other' }) => ({ debtor, creditor, layer, amount }))
  const sumOf = (id: string, side: 'debtor' | 'creditor') =>
    claims.reduce((sum, claim) => (claim[side] === id ? sum + claim.amount : sum), 0)
  return {
    atSeconds: (network.atMs ?? 0) / 1_000,
    label: network.label ?? '',
    nodes: network.nodes
      .map(({ id, kind = 'other' }) => ({ id, kind, owed: sumOf(id, 'debtor'), owns: sumOf(id, 'creditor') }))
      .filter(({ owed, owns }) => owed > 0 || owns > 0),
    claims,
  }
}
