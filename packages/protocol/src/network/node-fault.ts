// Faults that a node's runtime applies to its own node: its links, its clock, its disk. On a live network an operator asks
// for them as a schedule does.
import type { NodeId } from '@solvent/primitives'

export type NodeFault =
  /** Nothing passes from `from` to `to`; also not back when symmetric. */
  | {
      readonly kind: 'partition'
      readonly from: readonly NodeId[]
      readonly to: readonly NodeId[]
      readonly symmetric: boolean
      readonly durationMs: number
    }
  /** Links between the two sets, both ways unless told otherwise. */
  | ({
      readonly kind: 'link'
      readonly from: readonly NodeId[]
      readonly to: readonly NodeId[]
      readonly symmetric?: boolean
      readonly durationMs: number
    } & LinkTrouble)
  /** Connections between the two sets break; they are made anew by themselves. */
  | {
      readonly kind: 'reset'
      readonly from: readonly NodeId[]
      readonly to: readonly NodeId[]
      /** Between two frames when left out. */
      readonly where?: 'inside-frame'
    }
  /** The same, and whoever dials is refused until the end: it hears so at once, where a partition lets it wait. */
  | {
      readonly kind: 'refused'
      readonly from: readonly NodeId[]
      readonly to: readonly NodeId[]
      readonly durationMs: number
    }
  /** The node's clock is off by this much from now on. */
  | { readonly kind: 'clock-skew'; readonly node: NodeId; readonly skewMs: number }
  /** The node's clock runs fast or slow by parts per million for a while; what it has gained or lost it keeps. */
  | {
      readonly kind: 'clock-drift'
      readonly node: NodeId
      readonly ppm: number
      readonly durationMs: number
    }
  /** The node's disk takes writes and does not say when they are safe, until the end. */
  | { readonly kind: 'disk-stall'; readonly node: NodeId; readonly durationMs: number }
  /** The node's disk refuses the next write: the node ends there, with what was safe; null: for good. */
  | {
      readonly kind: 'disk-full'
      readonly node: NodeId
      readonly restartAfterMs: number | null
      /** What the system says; `ENOSPC` when left out. */
      readonly error?: DiskError
    }
  /** The node's thread is busy for so long: it hears nothing, and no timer fires. */
  | { readonly kind: 'loop-block'; readonly node: NodeId; readonly durationMs: number }
  /** Attackers take all places for connections that come in: those of others end, and none is let in until the end. */
  | {
      readonly kind: 'eclipse'
      readonly node: NodeId
      /** In place of whom it dials: the only honest peers that it still reaches; its other dials end at attackers. */
      readonly keeps?: readonly NodeId[]
      readonly durationMs: number
    }
  /** Strangers connect to the node's port; all but those of the last manner never get as far as a handshake. */
  | {
      readonly kind: 'strangers'
      readonly node: NodeId
      readonly connections: number
      readonly manner: StrangerManner
      readonly durationMs: number
    }

/** How a disk refuses: full, broken, read-only, no descriptor left. */
export const diskErrors = ['ENOSPC', 'EIO', 'EROFS', 'EMFILE'] as const
export type DiskError = (typeof diskErrors)[number]

/** Says nothing and stays; hangs up at once; resets just before, at or just after the end of its first frame. */
export const portManners = ['half-open', 'fin', 'reset-before', 'reset-at', 'reset-after'] as const
export type PortManner = (typeof portManners)[number]

/** Those, and who shakes hands and gossips what nobody can read. */
export const strangerManners = [...portManners, 'garbage'] as const
export type StrangerManner = (typeof strangerManners)[number]

/** What a bad link does to what is sent over it; probabilities 0 … 1, delays are added up. */
export interface LinkTrouble {
  readonly loss: number
  readonly duplicate: number
  readonly delayMs: number
  /** Uniform on [0, jitterMs]. */
  readonly jitterMs: number
  /** A share of what is sent is later still: reordering, and the tail of latencies. */
  readonly tail?: { readonly share: number; readonly delayMs: number }
  /** Probability that a byte of a frame is not what was sent; such a frame is dropped at its receiver. */
  readonly corrupt?: number
  /** What is more waits in line. */
  readonly bytesPerSecond?: number
  /** `until-end`: nothing passes before the fault is over, and then everything does. */
  readonly jam?: 'until-end'
}
