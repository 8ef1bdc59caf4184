// What befalls a solver as a business, beside what befalls its node: it runs, it fights for orders at a loss, it defaults. Kinds:
// settlement.md §9, Market.
import type { Address } from '@solvent/primitives'

export type SolverDistress =
  /** A run: it offers nothing new until then (Unix ms), and keeps what it has promised. */
  | { readonly kind: 'stand-aside'; readonly untilMs: number }
  /** A fee war: until then its offers are so much better for users than its strategy has them, be it at a loss. */
  | { readonly kind: 'undercut'; readonly bps: number; readonly untilMs: number }
  /** It keeps no promise any more and makes none, for good; what it holds goes to the creditor, or lies idle without one. */
  | { readonly kind: 'default'; readonly creditor: Address | null }
