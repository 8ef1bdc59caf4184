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
  /** Links between the two sets, both ways: loss and duplicate are probabilities, delays are added. */
  | {
      readonly kind: 'link'
      readonly from: readonly NodeId[]
      readonly to: readonly NodeId[]
      readonly loss: number
      readonly duplicate: number
      readonly delayMs: number
      readonly jitterMs: number
      readonly durationMs: number
    }
  /** The node's clock is off by this much from now on. */
  | { readonly kind: 'clock-skew'; readonly node: NodeId; readonly skewMs: number }
  /** An operator's order to a node (pause a bridge, declare an exploit). */
  | { readonly kind: 'control'; readonly to: NodeId; readonly message: ControlMessage }
  /** A verifier's data source reports a message that its chain never sent. */
  | {
      readonly kind: 'source-report'
      readonly to: NodeId
      readonly from: NodeId
      readonly message: BridgeMessage
    }
