// What a custodian's node starts with: its books outside the chain, its rules, and its customers, drawn before the run.
import type { Address, NodeId } from '@solvent/primitives'
import type { CustodianSpec, Genesis, NetworkSpec } from '@solvent/protocol'
import type { CrowdMember } from '@solvent/strategies'
import type { AccountRotation } from '../parts/account-rotation.ts'
import type { FallPlan } from '../parts/price-fall.ts'
import type { LastResortPlan } from './last-resort.ts'

export interface CustodianInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  readonly genesis: Genesis
  readonly plan: CustodianPlan
  /** Of its account's key; default: never. */
  readonly rotation?: AccountRotation | undefined
}

export interface CustodianPlan {
  readonly custodian: CustodianSpec
  /** What it has lent on before the run; what it owes is the sum of its customers' claims. */
  readonly lent: bigint
  /** Whose payments are repayments of loans, and who gets new ones; null: nobody. */
  readonly affiliate: Address | null
  /** Loans of coins that customers have left with it, in order of time. */
  readonly loans: readonly { readonly elapsedMs: number; readonly amount: bigint }[]
  /** It halts when coins at its address would fall below this share of what it owes. */
  readonly haltBelowBps: bigint
  /** From the block in which it halts to its end; null: it is not wound up. */
  readonly windUpAfterMs: number | null
  /** Where it borrows what it cannot pay before it halts, on what of its own; null: nowhere. */
  readonly lastResort: LastResortPlan | null
  readonly customers: CustomersPlan
}

/** People who have left coins with it and see what everybody sees. */
export interface CustomersPlan {
  readonly members: readonly CrowdMember[]
  /** Pressure of everybody else having left. */
  readonly herding: number
  /** Pressure of an empty address: the share of the coins of the start that is gone. */
  readonly coins: number
  /** What the fall of an asset's price at a market since the start adds; null: they do not look. */
  readonly fall: FallPlan | null
  /** What becomes public, ms after genesis, and how bad it is: the last one counts. In order of time. */
  readonly news: readonly { readonly elapsedMs: number; readonly level: number }[]
  /** Between two looks; requests are collected and paid once a look. */
  readonly checkMs: number
}
