// Blocks: a signed header that is announced, a body that is fetched. A block follows its parent after
// `emptyBefore` empty slots, so that a chain nobody uses costs next to nothing; block numbers count slots.
import type { Hash32 } from '@solvent/primitives'
import type { SignedHeader } from './block-header.ts'
import type { ChainEvent } from './chain-event.ts'
import type { JournalEntry } from './journal.ts'
import type { SignedTransaction, TransactionHash } from './transaction.ts'

export interface Receipt {
  readonly transactionHash: TransactionHash
  readonly status: 'ok' | 'reverted'
  /** Why it reverted; null when ok. */
  readonly reason: RevertReason | null
  readonly gasUsed: number
  readonly entries: readonly JournalEntry[]
  readonly events: readonly ChainEvent[]
}

export interface Block extends SignedHeader {
  readonly hash: Hash32
  readonly transactions: readonly SignedTransaction[]
  readonly receipts: readonly Receipt[]
}

/** Why a call reverted; a reverted transaction changes only its sender's nonce and fee. */
export const revertReasons = [
  'insufficient-balance',
  'out-of-gas',
  'bad-signature',
  'wrong-chain',
  'wrong-settler',
  'nonce-used',
  'open-deadline-passed',
  'fill-deadline-passed',
  'already-open',
  'not-open',
  'already-filled',
  'not-proven',
  'not-refundable',
  'already-ended',
  'exclusive',
  'award-missing',
  'award-invalid',
  'amount-too-low',
  'not-the-user',
  'unknown-order',
  'unknown-bridge',
  'unknown-contract',
  'unknown-token',
  'unknown-prover',
  'paused',
  'quorum-missing',
  'set-expired',
  'bad-set',
  'header-refused',
  'header-unknown',
  'client-expired',
  'client-frozen',
  'already-delivered',
  'conflicting-message',
  'wrong-destination',
  'lock-exhausted',
  'wrong-custody',
  'supply-overflow',
  'not-queued',
  'limited',
  'above-cap',
  'wrong-recovery',
  'pool-exhausted',
  'pool-insolvent',
  'payouts-waiting',
  'unknown-lock',
  'wrong-preimage',
  'too-early',
  'too-late',
  'zero-amount',
  'not-authorised',
  'bad-batch',
  'promise-kept',
  'batch-expired',
  'bad-header',
  'bad-transaction',
  'unknown-root',
  'root-valid',
  'window-closed',
  'unknown-bundle',
  'bad-bundle',
  'bundle-closed',
  'bad-proof',
  'not-yet-proven',
  'too-early',
  'invalid-order',
  'bad-evidence',
  'already-slashed',
  'unknown-oracle',
  'old-round',
  'no-price',
  'unknown-pool',
  'invalid-amount',
  'reserve-paused',
  'reserve-frozen',
  'supply-cap-exceeded',
  'borrow-cap-exceeded',
  'not-enough-liquidity',
  'borrowing-not-enabled',
  'not-borrowable-in-e-mode',
  'unknown-e-mode',
  'sequencer-down',
  'grace-period',
  'health-factor-below-threshold',
  'health-factor-not-below-threshold',
  'collateral-cannot-cover',
  'ltv-zero',
  'no-debt',
  'no-supply',
  'not-collateral',
  'not-borrowed',
  'self-liquidation',
  'must-not-leave-dust',
  'nothing-accrued',
  'reserve-not-in-deficit',
  'coverer-has-debt',
  'unknown-market',
  'deadline-passed',
  'below-minimum',
  'no-liquidity',
  'unknown-stablecoin',
  'trading-halted',
  'outflow-limited',
  'unknown-derivative',
  'already-halted',
  'not-halted',
  'bad-claims',
  'not-wound-up',
  'nothing-claimed',
] as const
export type RevertReason = (typeof revertReasons)[number]
