// What nodes refused of what the schedule or an operator asked of them, from the event log of a run: a fault that could not
// be, such as a re-org into final blocks. Expectations reach it as `refusals[seq-ethereum/reorg].reason`.
import { msToSeconds } from '@solvent/primitives'
import type { DomainEvent } from '@solvent/protocol'

export interface Refusal {
  /** `<node>/<what was asked>`. */
  readonly id: string
  readonly atSeconds: number
  readonly reason: string
}

interface RefusedLine {
  readonly atMs: number
  readonly node: string
  readonly control: string
  readonly reason: string
}

const KIND = 'control-refused'
const MARK = `"kind":"${KIND}"`

/** Whether `refusalsIn` reads an event. */
export function isRefusal({ kind }: DomainEvent): boolean {
  return kind === KIND
}

/** @param events JSON lines, oldest first */
export function refusalsIn(events: string, genesisMs: number): Refusal[] {
  return [...markedLines(events)]
    .map((line) => JSON.parse(line) as RefusedLine)
    .map(({ atMs, node, control, reason }) => ({
      id: `${node}/${control}`,
      atSeconds: msToSeconds(atMs - genesisMs),
      reason,
    }))
}

/** Looked for in place: a log has hundreds of thousands of lines, and hardly one of a refusal. */
function* markedLines(events: string): Generator<string> {
  for (let at = events.indexOf(MARK); at >= 0; ) {
    const end = events.indexOf('\n', at)
    const stop = end < 0 ? events.length : end
    yield events.slice(events.lastIndexOf('\n', at) + 1, stop)
    at = events.indexOf(MARK, stop)
  }
}
