// What a transaction asks of an optimistic bridge's contract: bundles are proposed, disputed and ruled on.
import type { Address, Hash32 } from '@solvent/primitives'
import type { MessageLane } from './bundle.ts'

export type BundleCall =
  /** Claims that these messages were sent, under the bridge's bond; by one of its proposers. */
  | {
      readonly kind: 'propose-bundle'
      readonly bridge: Address
      readonly lanes: readonly MessageLane[]
      /** Messages in the lanes. */
      readonly count: number
      readonly root: Hash32
    }
  /** Says, under the same bond, that a bundle is wrong; by anyone, while its liveness runs. */
  | { readonly kind: 'dispute-bundle'; readonly bridge: Address; readonly bundle: number }
  /** Decides a dispute; by the arbiter, when its time has come. */
  | {
      readonly kind: 'rule-on-bundle'
      readonly bridge: Address
      readonly bundle: number
      readonly upheld: boolean
    }
