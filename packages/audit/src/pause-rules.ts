// Pauses, B-7: what a bridge may do while one of its authorities holds it, and who may end whose pause.
import type { Address, ChainId } from '@solvent/primitives'
import type { BridgeMessage, ChainEvent, PauseAuthority } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import { FreezeBook } from './freeze-book.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

export class PauseRules {
  readonly #tally: Tally
  readonly #freezes = new FreezeBook()

  constructor(tally: Tally) {
    this.#tally = tally
  }

  paused(scope: Scope, { bridge, authority, until }: Event<'bridge-paused'>): void {
    this.#tally.checked['B-7']++
    this.#freezes.pause(scope.chain.chainId, bridge, authority, until)
  }

  unpaused(scope: Scope, { bridge, authority }: Event<'bridge-unpaused'>): void {
    this.#tally.checked['B-7']++
    const { chainId } = scope.chain
    if (
      authority === 'issuer' &&
      this.#freezes.holder(chainId, bridge, scope.timestamp, 'guardian') !== null
    ) {
      this.#breach(scope, `the issuer ended a pause of ${bridge} while the guardian's holds`)
    }
    this.#freezes.unpause(chainId, bridge, authority)
  }

  /** A mint, a release or a proof. */
  delivered(scope: Scope, { bridge }: BridgeMessage): void {
    this.paidOut(scope, bridge)
  }

  /** Anything that leaves a bridge's custody. */
  paidOut(scope: Scope, bridge: Address): void {
    this.#tally.checked['B-7']++
    const holder = this.#freezes.holder(scope.chain.chainId, bridge, scope.timestamp)
    if (holder !== null) {
      this.#breach(
        scope,
        `bridge ${bridge} delivers at ${scope.timestamp} although its ${holder} has paused it`,
      )
    }
  }

  /** Takes a pause or its end back; the newest first. */
  undo(chainId: ChainId, event: ChainEvent): void {
    if (event.kind === 'bridge-paused' || event.kind === 'bridge-unpaused')
      this.#freezes.undo(chainId, event.bridge)
  }

  /** Who holds a bridge on a chain at a moment (Unix seconds), or null. */
  holder(chainId: ChainId, bridge: Address, now: number): PauseAuthority | null {
    return this.#freezes.holder(chainId, bridge, now)
  }

  /** Whether the bridge was ever paused on any chain. */
  wasEverPaused(bridge: Address): boolean {
    return this.#freezes.everPaused.has(bridge)
  }

  #breach(scope: Scope, detail: string): void {
    const { header } = scope.block
    this.#tally.breach('B-7', scope.atMs, scope.chain.chainId, `block ${header.number}: ${detail}`)
  }
}
