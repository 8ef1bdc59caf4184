// Whether a challenger could have disproved a wrong root in time, T-6, from declared faults and from what the L1 shows: it
// is up and hears both chains for as long as it needs, and then a block of the L1 could have held its challenge. Times: Unix ms.
import type { ChainSpec, Challenger } from '@solvent/protocol'
import type { FaultBook, Period } from './fault-book.ts'

export interface ChallengeCase {
  readonly rollup: ChainSpec
  readonly l1: ChainSpec
  readonly challenger: Challenger
  /** When root and block could both be known. */
  readonly knownAtMs: number
  /** The challenge window is over. */
  readonly finalAtMs: number
  /** When the L1's slots were all missed, or its contract heard no challenge. */
  readonly closed: readonly Period[]
}

/** Orders to a node, and clocks that are wrong by a constant, do not keep it from working. */
const HARMLESS: ReadonlySet<string> = new Set([
  'control',
  'source-report',
  'clock-skew',
  'clock-drift',
  'reset',
])
const OF_LINKS: ReadonlySet<string> = new Set(['partition', 'link'])
/** A node that is back reads the chains again: one time-out of a request. */
const RESTART_MS = 60_000
/** A follower that was cut off asks again after its longest silence, and waits for one time-out. */
const RECONNECT_MS = 660_000
/** A sender hands in again what no block held for two minutes, and may wait a minute more. */
const RESEND_MS = 180_000
/** Slots of the L1 from the challenge to the block that holds it. */
const INCLUSION_SLOTS = 2

/** Whether the challenger had its time, and after it a moment in which the L1 would have taken the challenge. */
export function couldChallenge(at: ChallengeCase, faults: FaultBook): boolean {
  const { challenger, l1, knownAtMs, finalAtMs } = at
  const down = holdsOf(at, faults)
  const closed = [...at.closed, ...closures(at, faults)]
  const inclusionMs = INCLUSION_SLOTS * l1.slotMs
  const starts = [knownAtMs, ...down.map(({ untilMs }) => untilMs)].filter(
    (startMs) => startMs >= knownAtMs && !down.some((hold) => covers(hold, startMs)),
  )
  return starts.some((startMs) => {
    const readyMs = startMs + challenger.delayMs
    const endMs = Math.min(finalAtMs, ...down.flatMap(({ fromMs }) => (fromMs > startMs ? [fromMs] : [])))
    return [readyMs, ...closed.map(({ untilMs }) => untilMs)].some(
      (sentMs) =>
        sentMs >= readyMs &&
        sentMs + inclusionMs <= endMs &&
        !closed.some(({ fromMs, untilMs }) => fromMs < sentMs + inclusionMs && untilMs > sentMs),
    )
  })
}

/** When faults kept the challenger from working, with the time that it needs to find back. */
function holdsOf({ challenger, rollup, l1 }: ChallengeCase, faults: FaultBook): readonly Period[] {
  return faults.holds(challenger.node).flatMap(({ fault, nodes, fromMs, untilMs }) => {
    if (HARMLESS.has(fault)) return []
    if (!OF_LINKS.has(fault)) return [{ fromMs, untilMs: untilMs + RESTART_MS }]
    const cutOff = [rollup, l1].some(({ producers }) => producers.every(({ node }) => nodes.includes(node)))
    return cutOff ? [{ fromMs, untilMs: untilMs + RECONNECT_MS }] : []
  })
}

/** When the L1 would not have taken the challenge: it left out the challenger's, or its producers were held. */
function closures({ challenger, l1 }: ChallengeCase, faults: FaultBook): readonly Period[] {
  const censored = faults.censorships.flatMap(
    ({ chainId, senders, calls, sharePercent, fromMs, untilMs }) => {
      const isOfClass =
        chainId === l1.chainId &&
        sharePercent > 0 &&
        (senders.length === 0 || senders.includes(challenger.address)) &&
        (calls.length === 0 || calls.includes('challenge'))
      return isOfClass ? [{ fromMs, untilMs: untilMs + RESEND_MS }] : []
    },
  )
  const [first, ...others] = l1.producers.map(({ node }) =>
    faults.holds(node).filter(({ fault }) => !HARMLESS.has(fault)),
  )
  const idle = others.reduce<readonly Period[]>(common, first ?? [])
  const restarted = idle.map(({ fromMs, untilMs }) => ({ fromMs, untilMs: untilMs + RESEND_MS }))
  return [...censored, ...restarted]
}

/** When both lists cover a moment. */
function common(some: readonly Period[], others: readonly Period[]): readonly Period[] {
  return some.flatMap((a) =>
    others.flatMap((b) => {
      const fromMs = Math.max(a.fromMs, b.fromMs)
      const untilMs = Math.min(a.untilMs, b.untilMs)
      return fromMs < untilMs ? [{ fromMs, untilMs }] : []
    }),
  )
}

function covers({ fromMs, untilMs }: Period, atMs: number): boolean {
  return fromMs <= atMs && atMs < untilMs
}
