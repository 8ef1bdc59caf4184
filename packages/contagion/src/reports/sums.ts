/** Sums of positions by side and layer: what every node of a report's tree carries, and what a report makes public. */
import { checkedAmount, type Position, REPORT_LAYERS, type ReportLayer, SIDES } from './position.ts'

/** Layers that add up to nothing are left out; in the order of the layers. */
export type LayerSums = { readonly [layer in ReportLayer]?: bigint }

export interface Sums {
  readonly owns: LayerSums
  readonly owes: LayerSums
}

export const NO_SUMS: Sums = { owns: {}, owes: {} }

/** @throws SolventError E_REPORT for a negative or too large amount */
export function sumsOf({ side, layer, amountE8 }: Position): Sums {
  checkedAmount(amountE8, `${side}/${layer}`)
  return amountE8 === 0n ? NO_SUMS : { ...NO_SUMS, [side]: { [layer]: amountE8 } }
}

/** @throws SolventError E_REPORT for a part that is negative or too large, and for a sum that is */
export function addSums(a: Sums, b: Sums): Sums {
  return { owns: addLayers(a.owns, b.owns), owes: addLayers(a.owes, b.owes) }
}

function addLayers(a: LayerSums, b: LayerSums): LayerSums {
  const sum: { [layer in ReportLayer]?: bigint } = {}
  for (const layer of REPORT_LAYERS) {
    const [left, right] = [checkedAmount(a[layer] ?? 0n, layer), checkedAmount(b[layer] ?? 0n, layer)]
    const both = checkedAmount(left + right, layer)
    if (both > 0n) sum[layer] = both
  }
  return sum
}

export function isSameSums(a: Sums, b: Sums): boolean {
  return SIDES.every((side) =>
    REPORT_LAYERS.every((layer) => (a[side][layer] ?? 0n) === (b[side][layer] ?? 0n)),
  )
}

/** Of one side. */
export function totalOf(layers: LayerSums): bigint {
  return REPORT_LAYERS.reduce((total, layer) => total + (layers[layer] ?? 0n), 0n)
}
