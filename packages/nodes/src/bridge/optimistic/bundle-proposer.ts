// The proposer of an optimistic bridge: at every tick, for each chain, it claims all messages that are firm and in no
// bundle that may still stand. What a data source has told it is claimed by itself, and no more once it was disputed.
// The first proposer acts at once, the others when messages have waited for it. Source: Across dataworker.
import type { Ports, TimerId } from '@solvent/ports'
import { type ChainId, secondsToMs } from '@solvent/primitives'
import {
  type BridgeMessage,
  type BridgeSpec,
  MAX_BUNDLE_LANES,
  MAX_BUNDLE_MESSAGES,
  type MessageKey,
  messageKey,
  type NetworkSpec,
  type OptimisticVerification,
  type SolventVocabulary,
} from '@solvent/protocol'
import { createTimerTable } from '../../parts/timer-table.ts'
import type { TransactionSender } from '../../parts/transaction-sender.ts'
import type { BundleBook, KnownBundle } from './bundle-book.ts'
import { claimOver, lanesOver, type MessageIndex } from './message-index.ts'

export interface BundleProposerInit {
  readonly spec: NetworkSpec
  readonly bridge: BridgeSpec
  readonly verification: OptimisticVerification
  readonly index: MessageIndex
  readonly book: BundleBook
  readonly sender: TransactionSender
}

export interface BundleProposer {
  start(): void
  /** A bundle was proposed, disputed or ruled on. */
  onBundle(bundle: KnownBundle): void
  /** False when the timer is not its own. */
  onTimer(timer: TimerId): boolean
  proposed(): number
}

/** How often a proposer without a cadence looks. */
const REVIEW_MS = 15_000
/** How long a message waits for each proposer that comes before this one. */
const STAGGER_MS = 600_000

/** Makes the proposer of one bridge. */
export function createBundleProposer(
  { spec, bridge, verification, index, book, sender }: BundleProposerInit,
  ports: Pick<Ports<SolventVocabulary>, 'clock' | 'timers' | 'transport' | 'meter'>,
): BundleProposer {
  const timers = createTimerTable<'tick'>(ports.timers)
  const tickMs = secondsToMs(verification.bundleIntervalSeconds) || REVIEW_MS
  const place = verification.proposers.findIndex(({ node }) => node === ports.transport.self)
  const patienceMs = Math.max(0, place) * STAGGER_MS
  /** Since when a message has been claimable and in no bundle. */
  const waitingSinceMs = new Map<MessageKey, number>()
  let proposed = 0

  /** Ticks are multiples of the cadence since genesis, the same on every run. */
  function plan(): void {
    const sinceGenesisMs = Math.max(0, ports.clock.nowMs() - spec.genesisMs)
    timers.setAt(spec.genesisMs + (Math.floor(sinceGenesisMs / tickMs) + 1) * tickMs, 'tick')
  }

  /** Messages of bundles that may still stand. */
  function covered(chainId: ChainId): Set<MessageKey> {
    const keys = new Set<MessageKey>()
    for (const bundle of book.on(chainId)) {
      const status = book.status(bundle)
      if (status === 'rejected' || status === 'disputed') continue
      for (const message of index.inLanes(chainId, bundle.lanes)) keys.add(messageKey(message))
    }
    return keys
  }

  /** What is to be claimed on a chain now, the chains' own words before what was reported. */
  function due(chainId: ChainId): BridgeMessage[][] {
    const nowMs = ports.clock.nowMs()
    const taken = covered(chainId)
    const read: BridgeMessage[] = []
    const reported: BridgeMessage[][] = []
    for (const message of index.claimable(chainId)) {
      const key = messageKey(message)
      if (taken.has(key)) {
        waitingSinceMs.delete(key)
        continue
      }
      const sinceMs = waitingSinceMs.get(key) ?? nowMs
      waitingSinceMs.set(key, sinceMs)
      if (nowMs - sinceMs < patienceMs) continue
      if (index.isReported(message)) reported.push([message])
      else if (read.length < MAX_BUNDLE_MESSAGES) read.push(message)
    }
    return read.length === 0 ? reported : [read, ...reported]
  }

  function propose(chainId: ChainId, messages: readonly BridgeMessage[]): void {
    const lanes = lanesOver(messages).slice(0, MAX_BUNDLE_LANES)
    // A lane takes in what lies between its ends, so that everyone makes the same tree.
    const { root, count } = claimOver(index.inLanes(chainId, lanes))
    const call = { kind: 'propose-bundle', bridge: bridge.address, lanes, root, count } as const
    const before = book.on(chainId).filter((bundle) => bundle.root === root).length
    for (let attempt = before; ; attempt++) {
      const outcome = sender.send({ chainId, call, ref: `bundle/${bridge.address}/${root}/${attempt}` })
      if (outcome === 'signed') {
        proposed++
        ports.meter.count('bundles-proposed')
      }
      if (outcome !== 'reverted') return
    }
  }

  return {
    start: plan,
    onBundle(bundle) {
      const status = book.status(bundle)
      if (status !== 'disputed' && status !== 'rejected') return
      for (const message of index.inLanes(bundle.chainId, bundle.lanes)) index.doubt(message)
    },
    onTimer(timer) {
      if (timers.take(timer) === undefined) return false
      for (const { chainId } of spec.chains) for (const messages of due(chainId)) propose(chainId, messages)
      plan()
      return true
    },
    proposed() {
      return proposed
    },
  }
}
