// When each order reached each stage, from the event log: the first event of a kind counts.
import type { LoggedEvent } from './logged-events.ts'

/** Virtual ms since the start; null: it never did. */
export type OrderTimes = Readonly<
  Record<'signed' | 'awarded' | 'held' | 'attested' | 'proven' | 'claimed', number | null>
>

const NONE: OrderTimes = {
  signed: null,
  awarded: null,
  held: null,
  attested: null,
  proven: null,
  claimed: null,
}

export function orderTimes(log: readonly LoggedEvent[], genesisMs: number): (orderId: string) => OrderTimes {
  const known = new Map<string, { -readonly [stage in keyof OrderTimes]: number | null }>()
  for (const { atMs, kind, orderId, payload } of log) {
    if (orderId === null) continue
    const stage = stageOf(kind, payload)
    if (stage === null) continue
    const times = known.get(orderId) ?? { ...NONE }
    known.set(orderId, times)
    times[stage] ??= atMs - genesisMs
  }
  return (orderId) => known.get(orderId) ?? NONE
}

function stageOf(kind: string, { state }: Readonly<Record<string, unknown>>): keyof OrderTimes | null {
  if (kind === 'order-signed') return 'signed'
  if (kind === 'auction-closed') return 'awarded'
  if (kind !== 'receivable') return null
  return state === 'held' || state === 'attested' || state === 'proven' || state === 'claimed' ? state : null
}
