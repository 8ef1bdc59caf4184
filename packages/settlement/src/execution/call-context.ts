// What a call sees while it runs: the chain's state, its time, who calls, and where events go.
import type { Address } from '@solvent/primitives'
import type { ChainEvent, ChainSpec, Leg, RevertReason, SignatureVerifier } from '@solvent/protocol'
import type { ChainState } from '../chain/chain-state.ts'
import type { NetworkIndex } from '../chain/network-index.ts'
import type { SettlementRules } from '../settlement-rules.ts'

export interface CallContext {
  readonly index: NetworkIndex
  readonly chain: ChainSpec
  readonly state: ChainState
  readonly rules: SettlementRules
  readonly verifier: SignatureVerifier
  /** Of the block that runs. */
  readonly number: number
  /** Timestamp of the block, Unix seconds. */
  readonly now: number
  readonly sender: Address
  /** What the transaction pays the block's producer, wei per gas. */
  readonly tip: bigint
  readonly events: ChainEvent[]
}

/** Null when the call succeeded; otherwise the caller takes back everything it did. */
export type CallResult = RevertReason | null

/** A leg of a participant's account: credits when positive, debits when negative. */
export function holderLeg(state: ChainState, address: Address, token: Address, amount: bigint): Leg {
  return { kind: state.kindOf(address), owner: address, token, amount }
}
