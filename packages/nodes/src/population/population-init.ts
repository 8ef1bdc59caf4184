// What a population node starts with: its people, drawn before the run, and the rules by which they act.
import type { Address, ChainId, NodeId } from '@solvent/primitives'
import type { Genesis, NetworkSpec } from '@solvent/protocol'
import type { CrowdMember, LossAversion } from '@solvent/strategies'
import type { FallPlan } from '../parts/price-fall.ts'

export interface PopulationInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  readonly genesis: Genesis
  readonly plan: SuppliersPlan | BorrowersPlan
}

interface OfPool {
  readonly chainId: ChainId
  readonly pool: Address
}

/** People who have lent one coin, under one account: the node's. Each leaves with what is its own. */
export interface SuppliersPlan extends OfPool {
  readonly kind: 'suppliers'
  readonly token: Address
  readonly members: readonly CrowdMember[]
  /** Pressure of everybody else having left. */
  readonly herding: number
  /** What a signal of 1 adds to the pressure. */
  readonly weights: {
    /** Of what is lent out, in all that suppliers could claim. */
    readonly utilisation: number
    /** Debts written off, in what suppliers could claim. */
    readonly badDebt: number
  }
  /** What the fall of an asset's price at a market of the chain adds; null: they do not look. */
  readonly fall: FallPlan | null
  /** How they feel what has been written off; null: in proportion. */
  readonly lossAversion: LossAversion | null
  /** When they bring back what they have not sold: the pressure has been below this part of their threshold for so long; null: never. */
  readonly returns: { readonly below: number; readonly calmMs: number } | null
  /** What becomes public, ms after genesis, and how bad it is: the last one counts. In order of time. */
  readonly news: readonly { readonly elapsedMs: number; readonly level: number }[]
  /**
   * What of their money they sell once they have it, in equal parts so far apart until the next look; not so far apart as two looks:
   * all of it at the look. Null: they keep it.
   */
  readonly sells: { readonly market: Address; readonly shareBps: bigint; readonly everyMs: number } | null
  /** Between two looks; money goes once a look. */
  readonly checkMs: number
}

/** People with one collateral and one debt, each under an account of its own that does nothing else. */
export interface BorrowersPlan extends OfPool {
  readonly kind: 'borrowers'
  readonly collateral: Address
  readonly debt: Address
  /** Those who watch their loans; the node pays for them. */
  readonly watchers: readonly {
    readonly address: Address
    /** Acts below this health factor … */
    readonly actsBelow: number
    /** … and pays back until it is this one, or the savings are gone. Base units of the debt. */
    readonly target: number
    readonly savings: bigint
  }[]
}
