// Who fell in a run, looked at by the audit's own code at its end (C-7), and what its last exposures say of larger shocks (C-8).
import { type AuditedMoment, fallBreaches, invariantCatalogue, monotoneBreaches } from '@solvent/audit'
import {
  balanceSheets,
  clearBySeniority,
  clearGuaranteed,
  type ExposureNetwork,
  type Fall,
} from '@solvent/contagion'

export interface CascadeBreach {
  readonly id: 'C-7' | 'C-8'
  readonly statement: string
  readonly atMs: number
  readonly detail: string
}

const IN_FULL = { alpha: 1, beta: 1 }

/** Shares of what everybody has outside the network that are taken away. */
const SHOCKS = [0, 0.25, 0.5, 0.75, 1]

/**
 * C-7 is evaluated once for each moment whose exposures the run has, C-8 once for each larger shock to the last of them.
 *
 * @param genesisMs Unix ms: breaches are told in the run's own time
 */
export function auditCascade(
  exposures: readonly ExposureNetwork[],
  falls: readonly Fall[],
  genesisMs: number,
): {
  readonly checked: { readonly 'C-7': number; readonly 'C-8': number }
  readonly broken: readonly CascadeBreach[]
} {
  const last = exposures.at(-1)
  const atMs = genesisMs + (last?.atMs ?? 0)
  const breach = (id: CascadeBreach['id'], detail: string): CascadeBreach => {
    return { id, statement: invariantCatalogue[id].statement, atMs, detail }
  }
  const losses = last === undefined ? [] : SHOCKS.map((shock) => ({ shock, loss: unpaidAfter(last, shock) }))
  return {
    checked: { 'C-7': exposures.length, 'C-8': Math.max(0, losses.length - 1) },
    broken: [
      ...fallBreaches(exposures.map(momentOf), falls).map((detail) => breach('C-7', detail)),
      ...monotoneBreaches(losses).map((detail) => breach('C-8', detail)),
    ],
  }
}

/** What creditors are not paid at fixed prices, when this share of all outside assets is gone. */
function unpaidAfter(network: ExposureNetwork, share: number): number {
  const sheets = balanceSheets(network)
  const externalAssets = sheets.externalAssets.map((own) => own * (1 - share))
  const { totalNominal, clearingVector } = clearBySeniority({ ...sheets, externalAssets }, IN_FULL)
  return totalNominal.reduce((sum, owed, at) => sum + owed - clearingVector[at]!, 0)
}

function momentOf(network: ExposureNetwork): AuditedMoment {
  const { atMs = 0, nodes, claims, operators = [], writtenOff = [] } = network
  const placeOf = new Map(nodes.map(({ id }, at) => [id, at]))
  return {
    atMs,
    institutions: nodes.map(({ id, externalAssets, externalLiabilities }) => ({
      id,
      externalAssets,
      externalDebts: externalLiabilities,
    })),
    debts: [
      ...claims,
      ...calledIn(network).map(({ guarantor, beneficiary, amount }) => ({
        debtor: guarantor,
        creditor: beneficiary,
        amount,
        seniority: 0,
      })),
    ].map(({ debtor, creditor, amount, seniority = 0 }) => ({
      debtor: placeOf.get(debtor)!,
      creditor: placeOf.get(creditor)!,
      amount,
      seniority,
    })),
    writtenOff,
    operators: operators.map(({ id }) => id),
  }
}

function calledIn(network: ExposureNetwork): ReturnType<typeof clearGuaranteed>['called'] {
  const waits = (network.guarantees ?? []).some(({ call }) => call === 'shortfall')
  return waits ? clearGuaranteed(network, IN_FULL).called : []
}
