// When each order reached each stage, and until when it could be filled, from the event log: the first event of a kind counts.
import { secondsToMs } from '@solvent/primitives'
import type { LoggedEvent } from './logged-events.ts'

/** Virtual ms since the start; null: it never did. */
export type OrderTimes = Readonly<
  Record<'signed' | 'deadline' | 'awarded' | 'held' | 'attested' | 'proven' | 'claimed', number | null>
>

type Stage = Exclude<keyof OrderTimes, 'deadline'>

const NONE: OrderTimes = {
  signed: null,
  deadline: null,
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
    if (stage === 'signed') times.deadline ??= fillDeadlineMs(payload) - genesisMs
  }
  return (orderId) => known.get(orderId) ?? NONE
}

/** Unix ms. @param payload of `order-signed` */
export function fillDeadlineMs({ order }: Readonly<Record<string, unknown>>): number {
  return secondsToMs((order as { readonly fillDeadline: number }).fillDeadline)
}

function stageOf(kind: string, { state }: Readonly<Record<string, unknown>>): Stage | null {
  if (kind === 'order-signed') return 'signed'
  if (kind === 'auction-closed') return 'awarded'
  if (kind !== 'receivable') return null
  return state === 'held' || state === 'attested' || state === 'proven' || state === 'claimed' ? state : null
}
