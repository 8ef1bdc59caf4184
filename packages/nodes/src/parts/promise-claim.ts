// What a sender does about a broken promise of inclusion: it hands the promise in on the chain, which pays for it out of the
// producer's bond. The sender's own business, which its node did not ask for.
import type { Ports } from '@solvent/ports'
import type { ChainId, Hash32 } from '@solvent/primitives'
import type { Call, SignedPreconfirmation, SolventVocabulary } from '@solvent/protocol'
import type { LaneState } from './lane-state.ts'

const CLAIM_REF = 'broken-promise/'

/** A block shows that a promise is broken: noted in log and meter. */
export function noteBroken(
  { lane }: Pick<LaneState, 'lane'>,
  { preconfirmation: { transactionHash, block } }: SignedPreconfirmation,
  ports: Pick<Ports<SolventVocabulary>, 'log' | 'meter'>,
): void {
  ports.meter.count('promises-broken')
  ports.log.text(
    'warn',
    `${transactionHash} was promised for block ${block} of ${lane.chain.name} at the latest.`,
  )
}

/** The transaction that hands a broken promise in. */
export function claimOf(
  { lane }: Pick<LaneState, 'lane'>,
  promise: SignedPreconfirmation,
): { readonly chainId: ChainId; readonly call: Call; readonly ref: string } {
  const { chainId } = lane.chain
  const { transactionHash } = promise.preconfirmation
  return { chainId, call: { kind: 'prove-broken-promise', promise }, ref: CLAIM_REF + transactionHash }
}

/** The promised transaction that a claim is about; null for a ref of anything else. */
export function claimedBy(ref: string): Hash32 | null {
  return isClaim({ ref }) ? (ref.slice(CLAIM_REF.length) as Hash32) : null
}

/** Whether a ref is that of a claim. */
export function isClaim({ ref }: { readonly ref: string }): boolean {
  return ref.startsWith(CLAIM_REF)
}
