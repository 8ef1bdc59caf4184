// A flow of orders for which solvers compete: what is drawn of it depends on its seed and on names alone, so that the same flow can be
// played through any two mechanisms, or with and without a ring, on common random numbers.
import { hash32OfString } from '@solvent/primitives'

/** An order as the world makes it; parts are of its value. */
export interface FlowOrder {
  readonly id: string
  /** Period of the repeated auction. */
  readonly time: number
  readonly market: { readonly chain: string; readonly asset: string; readonly user: string }
  /** Base units of the numeraire. */
  readonly value: bigint
  /** The most that the user pays. */
  readonly reserve: number
  readonly costs: ReadonlyMap<string, number>
  readonly delaysMs: ReadonlyMap<string, number>
}

export interface FlowTerms {
  readonly seed: number
  readonly orders: number
  readonly bidders: readonly string[]
  readonly chains: readonly string[]
  readonly assets: readonly string[]
  readonly users: readonly string[]
  /** Costs are uniform between these parts of the value. */
  readonly lowestCost: number
  readonly highestCost: number
  readonly reserve: number
  /** Delays are uniform below this, ms. */
  readonly longestDelayMs: number
}

/** One unit of the numeraire has twelve decimals, so that a part per million of a small order is exact. */
const VALUE = 1_000_000_000_000n
const TWO_TO_32 = 4_294_967_296

/** Uniform on [0, 1), by name. */
export function flowDraw(seed: number, name: string): number {
  return (hash32OfString(`${seed}/${name}`) >>> 0) / TWO_TO_32
}

/** The orders of a flow; a bidder more changes nothing of what the others draw. */
export function drawFlow(terms: FlowTerms): FlowOrder[] {
  const { seed, orders, bidders, lowestCost, highestCost, reserve, longestDelayMs } = terms
  const pick = (names: readonly string[], purpose: string) =>
    names[Math.floor(flowDraw(seed, purpose) * names.length)] ?? ''
  return Array.from({ length: orders }, (_, time) => {
    const id = `order-${time}`
    return {
      id,
      time,
      market: {
        chain: pick(terms.chains, `chain/${id}`),
        asset: pick(terms.assets, `asset/${id}`),
        user: pick(terms.users, `user/${id}`),
      },
      value: VALUE,
      reserve,
      costs: new Map(
        bidders.map((bidder) => {
          const draw = flowDraw(seed, `cost/${id}/${bidder}`)
          return [bidder, lowestCost + draw * (highestCost - lowestCost)]
        }),
      ),
      delaysMs: new Map(
        bidders.map((bidder) => [
          bidder,
          Math.floor(flowDraw(seed, `delay/${id}/${bidder}`) * longestDelayMs),
        ]),
      ),
    }
  })
}
