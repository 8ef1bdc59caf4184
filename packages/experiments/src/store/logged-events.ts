// The lines of an event log, read again.

export interface LoggedEvent {
  /** Unix ms of virtual time. */
  readonly atMs: number
  readonly node: string
  readonly kind: string
  /** Null when the event concerns no order. */
  readonly orderId: string | null
  /** Every other field. */
  readonly payload: Readonly<Record<string, unknown>>
}

export function* loggedEvents(text: string): Generator<LoggedEvent> {
  for (const line of text.split('\n')) {
    if (line === '') continue
    const { atMs, node, kind, ...payload } = JSON.parse(line) as LoggedEvent & Record<string, unknown>
    const inAward = (payload.award as { orderId?: unknown } | undefined)?.orderId
    const orderId = payload.orderId ?? inAward
    yield { atMs, node, kind, orderId: typeof orderId === 'string' ? orderId : null, payload }
  }
}
