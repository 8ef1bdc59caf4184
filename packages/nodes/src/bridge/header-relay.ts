// What a relayer knows of a bridge's client of one source chain on one destination, and what it still has to hand in:
// read from the destination's blocks, so that two relayers and a restarted one see the same.
import type { ChainId, Hash32 } from '@solvent/primitives'
import {
  type BlockHeader,
  type BridgeSpec,
  type ChainEvent,
  type ChainSpec,
  committeeOf,
  type SignedHeader,
} from '@solvent/protocol'
import type { FollowedHeader, SourceOutbox } from './source-outbox.ts'

/** Tips of older submissions are below these. */
const MAX_TIPS = 64

export interface HeaderRelayEnds {
  readonly destination: ChainId
  /** The source's. */
  readonly outbox: SourceOutbox
  readonly orderedTo: (() => number) | null
}

/** Places are those of the outbox's followed headers, oldest first; -1 stands for none. */
export class HeaderRelay {
  readonly source: ChainSpec
  readonly destination: ChainId
  readonly outbox: SourceOutbox
  readonly #finality: BridgeSpec['finality']
  readonly #committee: number
  /** The newest block of a rollup that its L1 holds as firm as the bridge demands; null where headers say it themselves. */
  readonly #orderedTo: (() => number) | null
  /** Submissions that the client took, oldest first: last header, and the newest block that it took for final then. */
  readonly #taken: { readonly tip: Hash32; readonly provableTo: number }[] = []
  /** The same of submissions that are too old to be kept. */
  #provableBefore = -1
  isFrozen = false

  constructor(bridge: BridgeSpec, source: ChainSpec, { destination, outbox, orderedTo }: HeaderRelayEnds) {
    this.#orderedTo = orderedTo
    this.#finality = bridge.finality
    this.#committee = bridge.finality === 'unsafe' ? 1 : committeeOf(source.producers.length)
    this.source = source
    this.destination = destination
    this.outbox = outbox
  }

  onEvent(event: ChainEvent): void {
    if (event.kind === 'client-frozen') this.isFrozen = true
    if (event.kind !== 'headers-accepted') return
    this.#taken.push({ tip: event.tip, provableTo: event.provableTo })
    if (this.#taken.length <= MAX_TIPS) return
    const oldest = this.#taken.shift()!
    this.#provableBefore = Math.max(this.#provableBefore, oldest.provableTo)
  }

  /** The block that said it is followed no more: the client has not heard of these headers. */
  onEventOrphaned(event: ChainEvent): void {
    if (event.kind === 'client-frozen') this.isFrozen = false
    if (event.kind !== 'headers-accepted') return
    const at = this.#taken.findLastIndex(({ tip }) => tip === event.tip)
    if (at >= 0) this.#taken.splice(at, 1)
  }

  /** The newest followed header that the client has. */
  tip(): number {
    return this.#taken.reduce((newest, { tip }) => Math.max(newest, this.outbox.placeOf(tip) ?? -1), -1)
  }

  /** Chain time of that header, Unix seconds; null before the first. */
  newestAt(): number | null {
    return this.#header(this.tip())?.timestamp ?? null
  }

  /** The newest header under which the client lets messages be proven. */
  provable(): number {
    return this.#orderedTo === null ? this.#finalUnder(this.tip()) : this.#placeOfNumber(this.#provableTo())
  }

  /** The newest header that the client would take for final if it had all that are followed. */
  reachable(): number {
    return this.#orderedTo === null
      ? this.#finalUnder(this.outbox.headers.length - 1)
      : this.#placeOfNumber(this.#orderedTo())
  }

  /** The first header that makes the client take the one at `place` for final; undefined while none does. */
  finalizerOf(place: number): number | undefined {
    if (this.#orderedTo !== null) {
      const ordered = this.reachable()
      return ordered >= place ? ordered : undefined
    }
    const wanted = this.#header(place)?.number
    if (wanted === undefined) return undefined
    const signers = new Set<string>()
    for (let at = place; at < this.outbox.headers.length; at++) {
      const header = this.#header(at) as BlockHeader
      signers.add(header.producer)
      if (this.#firmTo(header) >= wanted && signers.size >= this.#committee) return at
    }
    return undefined
  }

  /** Headers that the client lacks up to the one at `place`, oldest first; that one again when it has them all. */
  missing(place: number): SignedHeader[] {
    const from = Math.min(this.tip() + 1, place)
    return this.outbox.headers.slice(from, place + 1).map(({ signed }) => signed)
  }

  #provableTo(): number {
    return this.#taken.reduce((most, { provableTo }) => Math.max(most, provableTo), this.#provableBefore)
  }

  #placeOfNumber(number: number): number {
    return this.outbox.headers.findLastIndex(({ signed }) => signed.header.number <= number)
  }

  #finalUnder(tip: number): number {
    const newest = this.#header(tip)
    if (newest === undefined) return -1
    const signers = new Set<string>()
    const firmTo = this.#firmTo(newest)
    for (let at = tip; at >= 0; at--) {
      const header = this.#header(at) as BlockHeader
      signers.add(header.producer)
      if (header.number <= firmTo && signers.size >= this.#committee) return at
    }
    return -1
  }

  #header(place: number): BlockHeader | undefined {
    const followed: FollowedHeader | undefined = this.outbox.headers[place]
    return followed?.signed.header
  }

  #firmTo({ number, justified, finalized }: BlockHeader): number {
    if (this.#finality === 'unsafe') return number
    return this.#finality === 'safe' ? justified : finalized
  }
}
