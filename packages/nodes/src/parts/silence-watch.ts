// What a follower does about headers that were lost: a chain that has been silent for long is asked for blocks that nobody announced to
// us, less and less often while nothing is found.
import type { Ports, RandomStream, TimerId } from '@solvent/ports'
import type { NetworkSpec, SolventVocabulary } from '@solvent/protocol'
import { slotAt } from '@solvent/settlement'
import type { ChainCursor } from './chain-cursor.ts'
import { createTimerTable } from './timer-table.ts'

export interface SilenceWatchInit {
  readonly spec: NetworkSpec
  /** A chain that was silent this long (ms) is asked, as long as blocks keep coming. */
  readonly silenceMs: number
  readonly jitter: RandomStream
  /** Asks for what is missing up to the cursor's probe. */
  readonly ask: (cursor: ChainCursor) => void
}

export interface SilenceWatch {
  /** Asks for what there is already, and watches from then on. */
  begin(cursor: ChainCursor): void
  /** A header has come. */
  heard(cursor: ChainCursor): void
  /** Blocks have come: the next silence is short again. */
  found(cursor: ChainCursor): void
  /** False when the timer is not its own. */
  onTimer(timer: TimerId): boolean
}

const SILENCE_CAP_MS = 600_000

/** Makes the watch of one follower's chains. */
export function createSilenceWatch(
  { spec, silenceMs, jitter, ask }: SilenceWatchInit,
  ports: Pick<Ports<SolventVocabulary>, 'clock' | 'timers'>,
): SilenceWatch {
  const timers = createTimerTable<ChainCursor>(ports.timers)

  function heard(cursor: ChainCursor): void {
    cursor.lastHeardMs = ports.clock.nowMs()
  }

  function found(cursor: ChainCursor): void {
    cursor.silenceMs = silenceMs
  }

  function probe(cursor: ChainCursor): void {
    cursor.probeTo = slotAt(spec, cursor.chain, ports.clock.nowMs())
  }

  function wait(cursor: ChainCursor): void {
    const leftMs = cursor.lastHeardMs + cursor.silenceMs - ports.clock.nowMs()
    timers.set(Math.max(1_000, Math.floor(leftMs * jitter.range(1, 1.25))), cursor)
  }

  return {
    heard,
    found,
    begin(cursor) {
      heard(cursor)
      found(cursor)
      probe(cursor)
      ask(cursor)
      wait(cursor)
    },
    onTimer(timer) {
      const cursor = timers.take(timer)
      if (cursor === undefined) return false
      if (ports.clock.nowMs() - cursor.lastHeardMs >= cursor.silenceMs) {
        heard(cursor)
        probe(cursor)
        cursor.silenceMs = Math.min(2 * cursor.silenceMs, SILENCE_CAP_MS)
        ask(cursor)
      }
      wait(cursor)
      return true
    },
  }
}
