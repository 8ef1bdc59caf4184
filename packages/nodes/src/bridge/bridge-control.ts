// What an operator may ask of a bridge node, passed on to the part concerned.
import type { Inbound, Ports, Verdict } from '@solvent/ports'
import type {
  BridgeSpec,
  ControlMessage,
  ControlReply,
  NetworkSpec,
  NodeStatus,
  SolventVocabulary,
  SourceLie,
  TransferVote,
} from '@solvent/protocol'
import type { BlockFollower } from '../parts/block-follower.ts'
import { controlRequest } from '../parts/node-status.ts'
import type { ContractAdmin } from './contract-admin.ts'
import type { BundleDesk } from './optimistic/bundle-desk.ts'
import type { RotationVoter } from './rotation-voter.ts'
import type { ReportOutcome, SourceReports } from './source-reports.ts'

export interface BridgeControlInit {
  readonly spec: NetworkSpec
  readonly bridge: BridgeSpec
  readonly follower: Pick<BlockFollower, 'overrule'>
  readonly status: () => NodeStatus
  readonly reports: Pick<SourceReports, 'report' | 'reportFill'>
  readonly admin: ContractAdmin
  /** On what waits in the limiter, and with this node's governor. */
  readonly vote: (vote: TransferVote) => void
  /** Null unless the bridge is optimistic. */
  readonly desk: BundleDesk | null
  /** Null unless the node verifies. */
  readonly voter: RotationVoter | null
  /** Null unless the node verifies: its data source lies from now on. */
  readonly mislead: ((lie: SourceLie) => void) | null
}

/** Makes what answers an operator's requests. */
export function createBridgeControl(
  { spec, bridge, follower, status, reports, admin, vote, desk, voter, mislead }: BridgeControlInit,
  ports: Pick<Ports<SolventVocabulary>, 'transport' | 'log'>,
): (inbound: Inbound<SolventVocabulary>) => Verdict {
  function answerTo(control: ControlMessage): ControlReply {
    switch (control.kind) {
      case 'status':
        return { kind: 'status', status: status() }
      case 'dispute-blindly':
        if (control.bridge !== bridge.address) return refused('not-my-bridge')
        return desk?.disputeBlindly(control.count) === true ? { kind: 'done' } : refused('not-a-disputer')
      case 'rule-wrongly':
        if (control.bridge !== bridge.address) return refused('not-my-bridge')
        return desk?.ruleWrongly(control.count) === true ? { kind: 'done' } : refused('not-the-arbiter')
      case 'rotate-verifiers':
        return voter?.onControl(control) ?? refused('not-a-verifier')
      case 'vote-queued':
        if (control.bridge !== bridge.address) return refused('not-my-bridge')
        if (voter === null) return refused('not-a-verifier')
        vote(control.vote)
        return { kind: 'done' }
      case 'source-lie':
        if (mislead === null) return refused('not-a-verifier')
        mislead(control.lie)
        return { kind: 'done' }
      case 'forge':
        return answerOf(reports.report(control.source, control.message))
      case 'forge-fill':
        return answerOf(reports.reportFill(control.source, control.fill))
      default:
        return admin.onControl(control) ?? refused('not-served')
    }
  }

  return (inbound) => {
    const request = controlRequest(spec, ports, inbound, follower)
    if (request === null) return 'ignore'
    if (request !== 'answered') request.answer(answerTo(request.control))
    return 'accept'
  }
}

function answerOf(outcome: ReportOutcome): ControlReply {
  return outcome === 'done' ? { kind: 'done' } : refused(outcome)
}

function refused(reason: string): ControlReply {
  return { kind: 'refused', reason }
}
