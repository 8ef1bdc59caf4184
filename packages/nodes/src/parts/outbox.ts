// Commitments: what a node promises is stored before it leaves, so that a node killed at any moment never
// promises twice differently. A slot names what is promised (`bid/0x…`), the digest what the promise says.
import type { Log, Store, StoreTicket } from '@solvent/ports'
import { type Address, decodeCanonical, encodeCanonical, type Hash32 } from '@solvent/primitives'
import type { SolventVocabulary } from '@solvent/protocol'

/** A promise as the store holds it. */
export interface Commitment {
  readonly slot: string
  readonly digest: Hash32
  /** What leaves, exactly as it left the first time. */
  readonly bytes: Uint8Array
}

export type CommitOutcome =
  /** Leaves as soon as the store has it. */
  | { readonly status: 'committed' }
  /** The same promise stands already; the stored bytes leave again. */
  | { readonly status: 'repeated' }
  /** The slot is taken by another promise; nothing leaves. */
  | { readonly status: 'refused'; readonly held: Hash32 }

/** Lets a commitment leave; gets the stored bytes. */
export type Release = (commitment: Commitment) => void

export interface Outbox {
  /** Stores a promise under its slot and calls `release` once it would survive a crash. */
  commit(commitment: Commitment, release: Release): CommitOutcome
  /** The promise under a slot, stored or about to be. */
  find(slot: string): Commitment | undefined
  /** Lets every promise whose slot begins with `prefix` leave again, in ascending order of slots (after a restart). */
  resume(prefix: string, release: Release): void
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
 * outbox.commit({ slot: 'bid/0x…', digest, bytes }, ({ bytes }) => ports.transport.send(to, decode(bytes)))
 */
export function createOutbox({ store, log, signer }: OutboxPorts): Outbox {
  const waiting = new Map<StoreTicket, { readonly commitment: Commitment; readonly releases: Release[] }>()
  const ticketOfSlot = new Map<string, StoreTicket>()

  function leave(commitment: Commitment, release: Release): void {
    log.event({
      kind: 'commitment',
      slot: commitment.slot,
      digest: commitment.digest,
      signer: signer.address,
    })
    release(commitment)
  }

  function find(slot: string): Commitment | undefined {
    const bytes = store.get(PREFIX + slot)
    return bytes === undefined ? undefined : decodeCommitment(slot, bytes)
  }

  return {
    find,
    commit(commitment, release) {
      const { slot, digest } = commitment
      const held = find(slot)
      if (held !== undefined && held.digest !== digest) return { status: 'refused', held: held.digest }
      const pending = ticketOfSlot.get(slot)
      if (pending !== undefined) {
        waiting.get(pending)?.releases.push(release)
        return { status: 'repeated' }
      }
      if (held !== undefined) {
        leave(held, release)
        return { status: 'repeated' }
      }
      const ticket = store.put(PREFIX + slot, encodeCanonical({ digest, bytes: commitment.bytes }))
      waiting.set(ticket, { commitment, releases: [release] })
      ticketOfSlot.set(slot, ticket)
      return { status: 'committed' }
    },
    resume(prefix, release) {
      for (const key of store.keys(PREFIX + prefix)) {
        const commitment = find(key.slice(PREFIX.length))
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

function decodeCommitment(slot: string, bytes: Uint8Array): Commitment {
  const { digest, bytes: payload } = decodeCanonical(bytes) as { digest: Hash32; bytes: Uint8Array }
  return { slot, digest, bytes: payload }
}
