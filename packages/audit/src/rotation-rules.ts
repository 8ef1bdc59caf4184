// Rotations of verifier sets, S-6: who votes, and which set takes over with whose votes.
import type { Address } from '@solvent/primitives'
import type { BridgeSpec, ChainEvent } from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import type { Tally } from './tally.ts'
import type { VerifierBook } from './verifier-book.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

export class RotationRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #verifiers: VerifierBook

  constructor(tally: Tally, index: NetworkIndex, verifiers: VerifierBook) {
    this.#tally = tally
    this.#index = index
    this.#verifiers = verifiers
  }

  /** S-6: who votes for a next set is in the one that counts, and votes once. */
  voted(scope: Scope, event: Event<'rotation-voted'>): void {
    const isOwn =
      scope.transaction?.from === event.voter && scope.transaction.call.kind === 'rotate-verifiers'
    this.#judge(scope, event.bridge, (bridge) =>
      isOwn
        ? this.#verifiers.voted(scope.chain.chainId, bridge, event)
        : `a vote of ${event.voter} that it did not send`,
    )
  }

  /** S-6: a set takes over with the votes of the one before, and can be met. */
  rotated(scope: Scope, event: Event<'verifiers-rotated'>): void {
    // A set that a message has put in place is S-8's business.
    const isCalled = scope.receipt.events.some(
      (other) =>
        other.kind === 'message-delivered' &&
        other.message.payload.kind === 'set-verifiers' &&
        other.message.payload.target === event.bridge,
    )
    const isVoted = !isCalled
    this.#judge(scope, event.bridge, (bridge) =>
      this.#verifiers.rotated(scope.chain.chainId, bridge, event, { now: scope.timestamp, isVoted }),
    )
  }

  /** Takes an event of an orphaned block back. */
  undo(chain: ChainRecord, event: ChainEvent): void {
    if (event.kind !== 'rotation-voted' && event.kind !== 'verifiers-rotated') return
    const bridge = this.#index.bridges.get(event.bridge)
    if (bridge !== undefined) this.#verifiers.undo(chain.chainId, bridge, event)
  }

  #judge(scope: Scope, address: Address, problemOf: (bridge: BridgeSpec) => string | null): void {
    this.#tally.checked['S-6']++
    const bridge = this.#index.bridges.get(address)
    const problem = bridge === undefined ? `there is no bridge ${address}` : problemOf(bridge)
    if (problem === null) return
    this.#tally.breach('S-6', scope.atMs, scope.chain.chainId, `${bridge?.name ?? address}: ${problem}`)
  }
}
