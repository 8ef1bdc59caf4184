// Faults as plain data: what goes wrong, to whom, when. The scenario's assembly resolves names and seed-drawn
// ranges into these; each runtime applies the same list.
import type { NodeId } from '@solvent/primitives'
import type { BridgeMessage } from '../bridge/bridge-message.ts'
import type { ControlMessage } from '../wire/control.ts'
import type { NodeFault } from './node-fault.ts'

export interface ScheduledFault {
  /** Milliseconds after genesis, on the scenario's own clock (no skew). */
  readonly atMs: number
  /** Names the fault in logs and reports, e.g. `forge kelp`. */
  readonly label: string
  readonly fault: Fault
}

export type Fault =
  | NodeFault
  /** SIGKILL at this moment; `unsynced-lost` forgets store writes that were not yet durable. */
  | {
      readonly kind: 'crash'
      readonly node: NodeId
      readonly disk: 'kept' | 'unsynced-lost' | 'lost'
      readonly restartAfterMs: number | null
      /** The most that the heap of the process that comes back may grow to; left out: what the machine gives. */
      readonly heapMegabytes?: number
    }
  /** SIGSTOP … SIGCONT: the node sees nothing, then everything at once. */
  | { readonly kind: 'suspend'; readonly node: NodeId; readonly durationMs: number }
  /** An operator's order to a node (pause a bridge, declare an exploit). */
  | { readonly kind: 'control'; readonly to: NodeId; readonly message: ControlMessage }
  /** A verifier's data source reports a message that its chain never sent. */
  | {
      readonly kind: 'source-report'
      readonly to: NodeId
      readonly from: NodeId
      readonly message: BridgeMessage
    }
