// A watcher's exact snapshot as risk models take it: float64 in the numeraire, at face value.
import type { ExposureNetwork } from '@solvent/contagion'
import type { ExposureSnapshot } from '@solvent/nodes'

const UNIT = 1e8

/** What a network says beyond the snapshot. */
export interface SnapshotPlace {
  readonly genesisMs: number
  readonly numeraire: string
}

/**
 * A node without capital of its own has all that it owes as its buffer: in stress models its creditors then lose each
 * share of it that it loses. Face values are the nearest float64 of the exact sum.
 */
export function exposureNetwork(snapshot: ExposureSnapshot, place: SnapshotPlace): ExposureNetwork {
  const { nodes, claims, holdings, depths, operators, dependences, writtenOff, guarantees } = snapshot
  const { atMs, label } = snapshot
  const owed = new Map<string, bigint>()
  for (const { debtor, amountE8 } of claims) owed.set(debtor, (owed.get(debtor) ?? 0n) + amountE8)
  return {
    format: 'solvent-exposures',
    version: 3,
    atMs: atMs - place.genesisMs,
    unit: place.numeraire,
    label,
    nodes: nodes.map(({ id, kind, externalE8, outsideDebtE8, isPassThrough }) => ({
      id,
      kind,
      externalAssets: inUnits(externalE8),
      externalLiabilities: inUnits(outsideDebtE8),
      ...(isPassThrough ? { buffer: inUnits((owed.get(id) ?? 0n) + outsideDebtE8) } : {}),
    })),
    claims: claims.map(({ debtor, creditor, layer, seniority, amountE8 }) => ({
      debtor,
      creditor,
      amount: inUnits(amountE8),
      layer,
      ...(seniority === 0 ? {} : { seniority }),
    })),
    ...commonAssets(holdings, depths),
    operators,
    dependences: dependences.map(({ node, on }) => ({ node, on })),
    ...(writtenOff.length === 0
      ? {}
      : {
          writtenOff: writtenOff.map(({ node, because, amountE8 }) => ({
            node,
            because,
            amount: inUnits(amountE8),
          })),
        }),
    ...(guarantees.length === 0
      ? {}
      : {
          guarantees: guarantees.map(({ guarantor, beneficiary, call, amountE8 }) => ({
            guarantor,
            beneficiary,
            amount: inUnits(amountE8),
            call,
          })),
        }),
  }
}

/**
 * Coins that nodes with capital hold, and how far each unit of account sold moves their price: in a constant-product pair with reserves
 * of value R by 2/R at first, and pairs share what is sold.
 */
function commonAssets(
  holdings: ExposureSnapshot['holdings'],
  depths: ExposureSnapshot['depths'],
): Pick<ExposureNetwork, 'assets' | 'holdings'> {
  if (holdings.length === 0) return {}
  const symbols = [...new Set(holdings.map(({ symbol }) => symbol))]
  return {
    assets: symbols.map((symbol) => {
      const depth = inUnits(depths.find((each) => each.symbol === symbol)?.depthE8 ?? 0n)
      return { id: symbol, ...(depth > 0 ? { illiquidity: 2 / depth } : {}) }
    }),
    holdings: holdings.map(({ node, symbol, valueE8 }) => ({ node, asset: symbol, value: inUnits(valueE8) })),
  }
}

function inUnits(amountE8: bigint): number {
  return Number(amountE8) / UNIT
}
