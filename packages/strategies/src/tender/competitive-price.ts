// What a bidder asks for in competition with k − 1 others when it knows no more than its cost and the reserve: the equilibrium price with
// costs uniform up to the reserve, c + (r − c)/k (collusion.md §7 uses the same for its generators). At second price, the cost.
import type { TenderRule } from './tender.ts'

/**
 * The competitive price, or null when the cost is above the reserve.
 *
 * @param bidders those that compete, this one included; at least 1
 * @example competitivePrice({ rule: 'first-price', cost: 0.2, reserve: 1 }, 4) // 0.4
 */
export function competitivePrice(
  tender: { readonly rule: TenderRule; readonly cost: number; readonly reserve: number },
  bidders: number,
): number | null {
  const { rule, cost, reserve } = tender
  if (cost > reserve) return null
  return rule === 'second-price' && bidders > 1 ? cost : cost + (reserve - cost) / Math.max(1, bidders)
}
