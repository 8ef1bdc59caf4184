// What operators ask of a watcher and tell it: status, report, exposures and its past in parts, and declarations of what is about to happen.
import type { ControlMessage, ControlReply, NetworkSpec } from '@solvent/protocol'
import type { BlockFollower } from '../parts/block-follower.ts'
import { nodeStatus } from '../parts/node-status.ts'
import { AnswerParts } from './answer-parts.ts'
import type { Declarations } from './declarations.ts'
import type { ExposureSnapshot } from './exposures/exposure-snapshot.ts'
import { encodeExposures } from './exposures/snapshot-bytes.ts'
import type { GossipDesk } from './gossip-desk.ts'
import { encodeHistory } from './history/history-bytes.ts'
import type { PastMoment } from './history/history-desk.ts'
import { encodeRunReport, type RunReport } from './run-report.ts'
import type { WatcherPorts } from './watcher-init.ts'

export interface ControlDeskParts {
  readonly spec: NetworkSpec
  readonly ports: WatcherPorts
  readonly follower: BlockFollower
  readonly gossip: GossipDesk
  readonly declarations: Declarations
  /** What the node has seen, in a line. */
  readonly summary: () => string
  readonly report: () => RunReport
  readonly exposures: () => readonly ExposureSnapshot[]
  readonly history: () => readonly PastMoment[]
}

export class ControlDesk {
  readonly #parts: ControlDeskParts
  readonly #report: AnswerParts
  readonly #exposures: AnswerParts
  readonly #history: AnswerParts

  constructor(parts: ControlDeskParts) {
    this.#parts = parts
    this.#report = new AnswerParts(() => encodeRunReport(parts.report()))
    this.#exposures = new AnswerParts(() => encodeExposures(parts.exposures()))
    this.#history = new AnswerParts(() => encodeHistory(parts.history()))
  }

  onControl(control: ControlMessage): ControlReply {
    const { spec, ports, follower, gossip, summary } = this.#parts
    switch (control.kind) {
      case 'status': {
        const chains = spec.chains.map(({ chainId }) => chainId)
        return { kind: 'status', status: nodeStatus('watcher', summary(), follower.view, chains, ports) }
      }
      case 'report':
        return { kind: 'report', ...this.#report.from(control.offset) }
      case 'exposures':
        return { kind: 'exposures', ...this.#exposures.from(control.offset) }
      case 'history':
        return { kind: 'history', ...this.#history.from(control.offset) }
      case 'declare-misconduct':
        gossip.expectMisconduct(control.node, control.untilMs)
        return { kind: 'done' }
      default:
        return this.#onDeclaration(control)
    }
  }

  #onDeclaration(control: ControlMessage): ControlReply {
    const { ports, follower, declarations } = this.#parts
    const event = declarations.control(control, ports.clock.nowMs())
    if (event === null) return { kind: 'refused', reason: 'not-a-watchers-business' }
    ports.log.event(event)
    return control.kind === 'overrule-finality' ? follower.overrule(control) : { kind: 'done' }
  }
}
