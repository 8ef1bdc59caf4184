// What a bridge's client of another chain did, as typed events.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'

export type HeaderEvent =
  | {
      readonly kind: 'headers-accepted'
      readonly bridge: Address
      readonly source: ChainId
      /** The last header handed in. */
      readonly tip: Hash32
      readonly number: number
      /** Up to this block of the source, messages can be proven; -1 for none yet. */
      readonly provableTo: number
    }
  /** Two headers of one height were both proven final: the source chain contradicts itself, and the client stops (IBC: misbehaviour). */
  | {
      readonly kind: 'client-frozen'
      readonly bridge: Address
      readonly source: ChainId
      readonly number: number
      readonly header: Hash32
    }
