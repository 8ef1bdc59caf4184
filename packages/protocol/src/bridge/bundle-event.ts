// What became of the bundles of an optimistic bridge, as typed events. Times are Unix seconds of the chain.
import type { Address, Hash32 } from '@solvent/primitives'
import type { MessageLane } from './bundle.ts'

export type BundleEvent =
  | {
      readonly kind: 'bundle-proposed'
      readonly bridge: Address
      /** 0, 1, 2, … per bridge and chain. */
      readonly bundle: number
      readonly lanes: readonly MessageLane[]
      readonly count: number
      readonly root: Hash32
      readonly proposer: Address
      /** May be disputed while now <= openUntil, believed when now > openUntil. */
      readonly openUntil: number
    }
  | {
      readonly kind: 'bundle-disputed'
      readonly bridge: Address
      readonly bundle: number
      readonly disputer: Address
      /** The arbiter may rule from then on. */
      readonly ruledFrom: number
    }
  | {
      readonly kind: 'bundle-ruled'
      readonly bridge: Address
      readonly bundle: number
      readonly upheld: boolean
      /** Who gets its bond back and half of the other's. */
      readonly winner: Address
    }
