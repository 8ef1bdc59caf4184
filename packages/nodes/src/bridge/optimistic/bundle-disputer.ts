// The disputer (watcher) of an optimistic bridge: it makes every bundle's tree from the source chains as it has read
// them, and disputes one that is wrong at once, one that it cannot make when three quarters of the liveness are over.
import type { Ports, TimerId } from '@solvent/ports'
import { secondsToMs } from '@solvent/primitives'
import type { BridgeSpec, OptimisticVerification, SolventVocabulary } from '@solvent/protocol'
import { createTimerTable } from '../../parts/timer-table.ts'
import type { TransactionSender } from '../../parts/transaction-sender.ts'
import type { BundleBook, KnownBundle } from './bundle-book.ts'
import { judgeBundle } from './bundle-judgement.ts'
import type { MessageIndex } from './message-index.ts'

export interface BundleDisputerInit {
  readonly bridge: BridgeSpec
  readonly verification: OptimisticVerification
  readonly index: MessageIndex
  readonly book: BundleBook
  readonly sender: TransactionSender
}

export interface BundleDisputer {
  /** A bundle was proposed, disputed or ruled on. */
  onBundle(bundle: KnownBundle): void
  /** Something is known that was not: bundles that could not be judged are judged again. */
  review(): void
  /** Disputes the next bundles whatever they say: a griefer, or a disputer whose sources lie. */
  disputeBlindly(count: number): void
  /** False when the timer is not its own. */
  onTimer(timer: TimerId): boolean
  disputed(): number
}

/** Of the liveness, how much may pass before a bundle that cannot be made is disputed. */
const PATIENCE = 0.75

/** Makes the disputer of one bridge. */
export function createBundleDisputer(
  { bridge, verification, index, book, sender }: BundleDisputerInit,
  ports: Pick<Ports<SolventVocabulary>, 'clock' | 'timers' | 'meter'>,
): BundleDisputer {
  const timers = createTimerTable<KnownBundle>(ports.timers)
  const unknown = new Set<KnownBundle>()
  let blind = 0
  let disputed = 0

  function dispute({ chainId, bundle, openUntil }: KnownBundle): void {
    const call = { kind: 'dispute-bundle', bridge: bridge.address, bundle } as const
    const ref = `dispute/${bridge.address}/${bundle}`
    const outcome = sender.send({ chainId, call, ref, deadlineMs: secondsToMs(openUntil) })
    if (outcome !== 'signed') return
    disputed++
    ports.meter.count('bundles-disputed')
  }

  function judge(bundle: KnownBundle): void {
    const judgement = judgeBundle(index, bundle)
    if (judgement === 'unknown') return
    unknown.delete(bundle)
    if (judgement === 'wrong') dispute(bundle)
  }

  return {
    onBundle(bundle) {
      if (book.status(bundle) !== 'open') {
        unknown.delete(bundle)
        return
      }
      if (blind > 0) {
        blind--
        return dispute(bundle)
      }
      unknown.add(bundle)
      const livenessMs = secondsToMs(verification.livenessSeconds)
      timers.setAt(secondsToMs(bundle.openUntil) - (1 - PATIENCE) * livenessMs, bundle)
      judge(bundle)
    },
    review() {
      for (const bundle of unknown) judge(bundle)
    },
    disputeBlindly(count) {
      blind += count
    },
    onTimer(timer) {
      const bundle = timers.take(timer)
      if (bundle === undefined) return false
      if (!unknown.has(bundle)) return true
      judge(bundle)
      if (unknown.delete(bundle)) dispute(bundle)
      return true
    },
    disputed() {
      return disputed
    },
  }
}
