// The bundles of an optimistic bridge on all chains, as their events say; re-orgs take back what they said.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import type { Block, BundleEvent, ChainEvent, MessageLane } from '@solvent/protocol'

export interface KnownBundle {
  readonly chainId: ChainId
  readonly bundle: number
  readonly lanes: readonly MessageLane[]
  readonly root: Hash32
  readonly count: number
  readonly proposer: Address
  /** Unix seconds of its chain. */
  readonly openUntil: number
}

export type KnownStatus = 'open' | 'disputed' | 'upheld' | 'rejected'

/** What was said of a bundle, and by which block. */
interface Said<T> {
  readonly value: T
  readonly block: Hash32
}

interface Entry {
  readonly proposed: Said<KnownBundle>
  disputed: Said<{ readonly ruledFrom: number }> | null
  ruled: Said<{ readonly isUpheld: boolean }> | null
  /** The first delivery under it, which gives the proposer its bond back. */
  used: Said<true> | null
}

/** Bundles remembered at most; the oldest go first. */
const MAX_BUNDLES = 10_000

export class BundleBook {
  readonly #bridge: Address
  readonly #entries = new Map<string, Entry>()

  constructor(bridge: Address) {
    this.#bridge = bridge
  }

  /** Reads a followed block; the bundles of which it said something. */
  onBlock({ header: { chainId }, hash, receipts }: Block): KnownBundle[] {
    const touched: KnownBundle[] = []
    for (const { events } of receipts) {
      for (const event of events) {
        this.#note(chainId, event, hash)
        if (!isBundleEvent(event) || event.bridge !== this.#bridge) continue
        const bundle = this.#read(chainId, event, hash)
        if (bundle !== undefined) touched.push(bundle)
      }
    }
    return touched
  }

  /** A block is no longer followed; the bundles of which it had said something, as far as they are still known. */
  onOrphaned({ hash, header: { chainId } }: Block): KnownBundle[] {
    const touched: KnownBundle[] = []
    for (const [key, entry] of this.#entries) {
      const { proposed } = entry
      if (proposed.value.chainId !== chainId) continue
      if (proposed.block === hash) {
        this.#entries.delete(key)
        continue
      }
      if (entry.used?.block === hash) entry.used = null
      if (entry.disputed?.block === hash) entry.disputed = null
      else if (entry.ruled?.block === hash) entry.ruled = null
      else continue
      touched.push(proposed.value)
    }
    return touched
  }

  /** Bundles on a chain, oldest first. */
  on(chainId: ChainId): KnownBundle[] {
    return [...this.#entries.values()]
      .map(({ proposed }) => proposed.value)
      .filter((bundle) => bundle.chainId === chainId)
  }

  status({ chainId, bundle }: KnownBundle): KnownStatus {
    const entry = this.#entries.get(keyOf(chainId, bundle))
    if (entry === undefined) return 'rejected'
    if (entry.ruled !== null) return entry.ruled.value.isUpheld ? 'upheld' : 'rejected'
    return entry.disputed === null ? 'open' : 'disputed'
  }

  /** Whether its proposer's bond is still with the contract. */
  isBonded({ chainId, bundle }: KnownBundle): boolean {
    const entry = this.#entries.get(keyOf(chainId, bundle))
    return entry !== undefined && entry.ruled === null && entry.used === null
  }

  /** From when the arbiter may rule, Unix seconds; null while there is nothing to rule on. */
  ruledFrom({ chainId, bundle }: KnownBundle): number | null {
    return this.#entries.get(keyOf(chainId, bundle))?.disputed?.value.ruledFrom ?? null
  }

  #note(chainId: ChainId, event: ChainEvent, block: Hash32): void {
    if (event.kind !== 'message-delivered' && event.kind !== 'transfer-queued') return
    if (event.message.bridge !== this.#bridge || event.evidence.kind !== 'bundle') return
    const entry = this.#entries.get(keyOf(chainId, event.evidence.bundle))
    if (entry !== undefined) entry.used ??= { value: true, block }
  }

  #read(chainId: ChainId, event: BundleEvent, block: Hash32): KnownBundle | undefined {
    const key = keyOf(chainId, event.bundle)
    if (event.kind === 'bundle-proposed') {
      const { bundle, lanes, root, count, proposer, openUntil } = event
      const value = { chainId, bundle, lanes, root, count, proposer, openUntil }
      this.#entries.set(key, { proposed: { value, block }, disputed: null, ruled: null, used: null })
      if (this.#entries.size > MAX_BUNDLES) this.#entries.delete(this.#entries.keys().next().value as string)
      return value
    }
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    if (event.kind === 'bundle-disputed') entry.disputed = { value: { ruledFrom: event.ruledFrom }, block }
    else entry.ruled = { value: { isUpheld: event.upheld }, block }
    return entry.proposed.value
  }
}

function isBundleEvent(event: { readonly kind: string }): event is BundleEvent {
  return event.kind === 'bundle-proposed' || event.kind === 'bundle-disputed' || event.kind === 'bundle-ruled'
}

function keyOf(chainId: ChainId, bundle: number): string {
  return `${chainId}/${bundle}`
}
