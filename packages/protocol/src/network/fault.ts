// Faults as plain data: what goes wrong, to whom, when. The scenario's assembly resolves names and seed-drawn
// ranges into these; each runtime applies the same list.
import type { NodeId } from '@solvent/primitives'
import type { BridgeMessage } from '../bridge/bridge-message.ts'
import type { ControlMessage } from '../wire/control.ts'

export interface ScheduledFault {
  /** Milliseconds after genesis, on the scenario's own clock (no skew). */
  readonly atMs: number
  /** Names the fault in logs and reports, e.g. `forge kelp`. */
  readonly label: string
  readonly fault: Fault
}

export type Fault =
  /** SIGKILL at this moment; `unsynced-lost` forgets store writes that were not yet durable. */
  | {
      readonly kind: 'crash'
      readonly node: NodeId
      readonly disk: 'kept' | 'unsynced-lost' | 'lost'
      readonly restartAfterMs: number | null
    }
  /** SIGSTOP … SIGCONT: the node sees nothing, then everything at once. */
  | { readonly kind: 'suspend'; readonly node: NodeId; readonly durationMs: number }
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
  | { readonly kind: 'reset'; readonly from: readonly NodeId[]; readonly to: readonly NodeId[] }
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
  | { readonly kind: 'disk-full'; readonly node: NodeId; readonly restartAfterMs: number | null }
  /** An operator's order to a node (pause a bridge, declare an exploit). */
  | { readonly kind: 'control'; readonly to: NodeId; readonly message: ControlMessage }
  /** A verifier's data source reports a message that its chain never sent. */
  | {
      readonly kind: 'source-report'
      readonly to: NodeId
      readonly from: NodeId
      readonly message: BridgeMessage
    }

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

/** Faults that a node's runtime applies to its own node, on a live network as in a schedule. */
export type NodeFault = Extract<
  Fault,
  {
    readonly kind: 'partition' | 'link' | 'reset' | 'clock-skew' | 'clock-drift' | 'disk-stall' | 'disk-full'
  }
>
