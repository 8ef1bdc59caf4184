// All that a node does around an optimistic bridge: it reads messages and bundles, and as its roles ask, proposes,
// disputes, rules and says which messages are ready to be delivered.
import type { Ports } from '@solvent/ports'
import type {
  Block,
  BridgeMessage,
  BridgeSpec,
  NetworkSpec,
  OptimisticVerification,
  SolventVocabulary,
} from '@solvent/protocol'
import type { ChainView, SettlementRules } from '@solvent/settlement'
import type { TransactionSender } from '../../parts/transaction-sender.ts'
import { type AttestationSource, deafSource } from '../attestation-source.ts'
import { createBundleArbiter } from './bundle-arbiter.ts'
import { createBundleAttestations } from './bundle-attestations.ts'
import { BundleBook, type KnownBundle } from './bundle-book.ts'
import { createBundleDisputer } from './bundle-disputer.ts'
import { createBundleProposer } from './bundle-proposer.ts'
import { MessageIndex } from './message-index.ts'

export interface BundleDeskInit {
  readonly spec: NetworkSpec
  readonly bridge: BridgeSpec
  readonly verification: OptimisticVerification
  readonly is: (role: 'proposer' | 'disputer' | 'arbiter') => boolean
  readonly view: ChainView
  readonly rules: SettlementRules
  readonly sender: TransactionSender
  readonly onNews: (message: BridgeMessage) => void
}

export interface BundleDesk extends AttestationSource {
  /** A trusted data source tells of a message: it is believed. */
  report(message: BridgeMessage): void
  /** Disputes the next bundles whatever they say; false when the node disputes nothing. */
  disputeBlindly(count: number): boolean
  /** False where this node is no arbiter. */
  ruleWrongly(count: number): boolean
  /** For people, one part for each role. */
  summary(): readonly string[]
}

/** Makes the desk of one optimistic bridge. */
export function createBundleDesk(
  { spec, bridge, verification, is, view, rules, sender, onNews }: BundleDeskInit,
  ports: Omit<Ports<SolventVocabulary>, 'execution'>,
): BundleDesk {
  const index = new MessageIndex(bridge, view, rules)
  const book = new BundleBook(bridge.address)
  const shared = { spec, bridge, verification, index, book, sender }
  const source = createBundleAttestations({ spec, bridge, verification, sender, index, book, onNews }, ports)
  const proposer = is('proposer') ? createBundleProposer(shared, ports) : null
  const disputer = is('disputer') ? createBundleDisputer(shared, ports) : null
  const arbiter = is('arbiter') ? createBundleArbiter(shared, ports) : null

  function tell(bundles: readonly KnownBundle[]): void {
    for (const bundle of bundles) {
      source.onBundle(bundle)
      proposer?.onBundle(bundle)
      disputer?.onBundle(bundle)
      arbiter?.onBundle(bundle)
    }
  }

  return {
    ...deafSource,
    start: () => proposer?.start(),
    onBlock(block: Block) {
      index.onBlock(block)
      tell(book.onBlock(block))
      disputer?.review()
    },
    onOrphaned(block) {
      index.onOrphaned(block)
      tell(book.onOrphaned(block))
    },
    onFinality: () => disputer?.review(),
    onTimer: (timer) =>
      proposer?.onTimer(timer) === true ||
      disputer?.onTimer(timer) === true ||
      arbiter?.onTimer(timer) === true,
    readiness: (message) => source.readiness(message),
    report(message) {
      index.report(message)
      onNews(message)
    },
    disputeBlindly(count) {
      disputer?.disputeBlindly(count)
      return disputer !== null
    },
    ruleWrongly(count) {
      arbiter?.ruleWrongly(count)
      return arbiter !== null
    },
    summary: () => [
      ...(proposer === null ? [] : [`${proposer.proposed()} bundles proposed`]),
      ...(disputer === null ? [] : [`${disputer.disputed()} disputed`]),
    ],
  }
}
