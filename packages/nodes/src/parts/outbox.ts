// Commitments: what a node promises is stored before it leaves, so that a node killed at any moment never
// promises twice differently. A slot names what is promised (`bid/0x…`), the digest what the promise says.
import type { Log, Store, StoreTicket } from '@solvent/ports'
import { type Address, decodeCanonical, encodeCanonical, type Hash32 } from '@solvent/primitives'
import type { SolventVocabulary } from '@solvent/protocol'

/** A promise: the store holds its canonical bytes. */
export interface Commitment<T> {
  readonly slot: string
  readonly digest: Hash32
  /** What leaves, exactly as it left the first time; not to be changed. */
  readonly value: T
}

export type CommitOutcome =
  /** Leaves as soon as the store has it. */
  | { readonly status: 'committed' }
  /** The same promise stands already; what is stored leaves again. */
  | { readonly status: 'repeated' }
  /** The slot is taken by another promise; nothing leaves. */
  | { readonly status: 'refused'; readonly held: Hash32 }

/** Lets a commitment leave. */
export type Release<T> = (commitment: Commitment<T>) => void

export interface Outbox {
  /** Stores a promise under its slot and calls `release` once it would survive a crash. */
  commit<T>(commitment: Commitment<T>, release: Release<T>): CommitOutcome
  /** Whether a slot is taken, stored or about to be. */
  has(slot: string): boolean
  /** The promise under a slot, stored or about to be; `T` is what the caller puts under such slots. */
  find<T>(slot: string): Commitment<T> | undefined
  /** Lets every promise whose slot begins with `prefix` leave again, in ascending order of slots (after a restart). */
  resume<T>(prefix: string, release: Release<T>): void
  /** Forgets a promise that can no longer be broken, e.g. a bid whose order has expired. */
  forget(slot: string): void
  /** Takes the store's answer; false when the ticket is not of the outbox. */
  onStore(ticket: StoreTicket): boolean
}

export interface OutboxPorts {
  readonly store: Store
  readonly log: Log<SolventVocabulary>
  readonly signer: { readonly address: Address }
}

const PREFIX = 'outbox/'

/**
 * Makes the outbox of a node; all outboxes of one node share its store.
 *
 * @example
 * outbox.commit({ slot: 'bid/0x…', digest, value: signedBid }, ({ value }) => ports.transport.send(to, { type: 'bid', body: value }))
 */
export function createOutbox({ store, log, signer }: OutboxPorts): Outbox {
  const waiting = new Map<
    StoreTicket,
    { readonly commitment: Commitment<unknown>; readonly releases: Release<unknown>[] }
  >()
  const ticketOfSlot = new Map<string, StoreTicket>()

  function leave<T>(commitment: Commitment<T>, release: Release<T>): void {
    log.event({
      kind: 'commitment',
      slot: commitment.slot,
      digest: commitment.digest,
      signer: signer.address,
    })
    release(commitment)
  }

  function find<T>(slot: string, key = PREFIX + slot): Commitment<T> | undefined {
    const bytes = store.get(key)
    if (bytes === undefined) return undefined
    const { digest, value } = decodeCanonical(bytes) as { digest: Hash32; value: unknown }
    return { slot, digest, value: value as T }
  }

  return {
    find: (slot) => find(slot),
    has: (slot) => store.has(PREFIX + slot),
    commit<T>(commitment: Commitment<T>, release: Release<T>): CommitOutcome {
      const { slot, digest, value } = commitment
      const key = PREFIX + slot
      const held = find<T>(slot, key)
      if (held !== undefined && held.digest !== digest) return { status: 'refused', held: held.digest }
      const pending = ticketOfSlot.get(slot)
      if (pending !== undefined) {
        waiting.get(pending)?.releases.push(release as Release<unknown>)
        return { status: 'repeated' }
      }
      if (held !== undefined) {
        leave(held, release)
        return { status: 'repeated' }
      }
      const ticket = store.put(key, () => encodeCanonical({ digest, value }))
      waiting.set(ticket, { commitment, releases: [release as Release<unknown>] })
      ticketOfSlot.set(slot, ticket)
      return { status: 'committed' }
    },
    resume<T>(prefix: string, release: Release<T>): void {
      for (const key of store.keys(PREFIX + prefix)) {
        const commitment = find<T>(key.slice(PREFIX.length))
        if (commitment !== undefined) leave(commitment, release)
      }
    },
    forget(slot) {
      const pending = ticketOfSlot.get(slot)
      if (pending !== undefined) waiting.delete(pending)
      ticketOfSlot.delete(slot)
      store.delete(PREFIX + slot)
    },
    onStore(ticket) {
      const stored = waiting.get(ticket)
      if (stored === undefined) return false
      waiting.delete(ticket)
      ticketOfSlot.delete(stored.commitment.slot)
      for (const release of stored.releases) leave(stored.commitment, release)
      return true
    },
  }
}
