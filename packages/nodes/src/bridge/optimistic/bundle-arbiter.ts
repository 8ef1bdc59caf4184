// The arbiter of an optimistic bridge: when a disputed bundle may be ruled on, it says whether its own reading of the
// source chains gives the same tree; what it cannot make is rejected. Stands in for UMA's vote of token holders, which
// takes two to four days; it is right unless an operator has it rule wrongly (a vote that was bought, or misled).
import type { Ports, TimerId } from '@solvent/ports'
import { secondsToMs } from '@solvent/primitives'
import type { BridgeSpec, SolventVocabulary } from '@solvent/protocol'
import { createTimerTable } from '../../parts/timer-table.ts'
import type { TransactionSender } from '../../parts/transaction-sender.ts'
import type { BundleBook, KnownBundle } from './bundle-book.ts'
import { judgeBundle } from './bundle-judgement.ts'
import type { MessageIndex } from './message-index.ts'

export interface BundleArbiterInit {
  readonly bridge: BridgeSpec
  readonly index: MessageIndex
  readonly book: BundleBook
  readonly sender: TransactionSender
}

export interface BundleArbiter {
  /** A bundle was proposed, disputed or ruled on. */
  onBundle(bundle: KnownBundle): void
  /** The next rulings say the opposite of what it reads. */
  ruleWrongly(count: number): void
  /** False when the timer is not its own. */
  onTimer(timer: TimerId): boolean
}

/** A ruling that came too early for its block is made again after this. */
const RETRY_MS = 60_000

/** Makes the arbiter of one bridge. */
export function createBundleArbiter(
  { bridge, index, book, sender }: BundleArbiterInit,
  ports: Pick<Ports<SolventVocabulary>, 'timers'>,
): BundleArbiter {
  const timers = createTimerTable<KnownBundle>(ports.timers)
  /** A ruling stands, also when it has to be sent again. */
  const verdicts = new Map<KnownBundle, boolean>()
  let wrong = 0

  function verdictOn(bundle: KnownBundle): boolean {
    const known = verdicts.get(bundle)
    if (known !== undefined) return known
    const isRight = judgeBundle(index, bundle) === 'right'
    const upheld = wrong > 0 ? !isRight : isRight
    wrong = Math.max(0, wrong - 1)
    verdicts.set(bundle, upheld)
    return upheld
  }

  function rule(bundle: KnownBundle): void {
    const { chainId } = bundle
    const upheld = verdictOn(bundle)
    const call = { kind: 'rule-on-bundle', bridge: bridge.address, bundle: bundle.bundle, upheld } as const
    for (let attempt = 0; ; attempt++) {
      const ref = `rule/${bridge.address}/${bundle.bundle}/${attempt}`
      if (sender.send({ chainId, call, ref }) !== 'reverted') break
    }
    timers.set(RETRY_MS, bundle)
  }

  return {
    onBundle(bundle) {
      const from = book.ruledFrom(bundle)
      if (book.status(bundle) === 'disputed' && from !== null) timers.setAt(secondsToMs(from), bundle)
    },
    ruleWrongly(count) {
      wrong += count
    },
    onTimer(timer) {
      const bundle = timers.take(timer)
      if (bundle === undefined) return false
      if (book.status(bundle) === 'disputed') rule(bundle)
      else verdicts.delete(bundle)
      return true
    },
  }
}
