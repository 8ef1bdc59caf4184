/** The positions of one node of an exposure network: what its own balance sheet would list. */
import { SolventError } from '@solvent/primitives'
import type { ExposureNetwork } from '../exposure/exposure-network.ts'
import type { Position } from './position.ts'

const UNIT = 1e8

/** @throws SolventError E_REPORT for a node that the network does not have */
export function reportPositions({ nodes, claims }: ExposureNetwork, id: string): Position[] {
  const node = nodes.find((each) => each.id === id)
  if (node === undefined)
    throw new SolventError({
      code: 'E_REPORT',
      message: 'The network has no such node.',
      details: {
        got: id,
        allowed: nodes.length <= 20 ? nodes.map((each) => each.id).join(', ') : `${nodes.length} names`,
      },
    })
  const positions: Position[] = [
    { side: 'owns', counterparty: 'assets', layer: 'outside', amountE8: exact(node.externalAssets) },
    { side: 'owes', counterparty: 'debts', layer: 'outside', amountE8: exact(node.externalLiabilities) },
    ...claims.flatMap(({ debtor, creditor, layer = 'other', amount }): Position[] => {
      if (debtor === id) return [{ side: 'owes', counterparty: creditor, layer, amountE8: exact(amount) }]
      if (creditor === id) return [{ side: 'owns', counterparty: debtor, layer, amountE8: exact(amount) }]
      return []
    }),
  ]
  return positions.filter(({ amountE8 }) => amountE8 !== 0n)
}

/** The same number on both sides of a claim, whatever its float64. */
function exact(amount: number): bigint {
  return BigInt(Math.round(amount * UNIT))
}
