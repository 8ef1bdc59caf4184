// Server-sent events: the state of something at once, and again whenever it has changed. A reader that comes back says which
// state it has (`Last-Event-ID`) and is sent nothing until there is a newer one.
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'

export interface Changing {
  /** Grows with every change. */
  readonly version: number
  /** What a reader is told that has this version, or null: all that it needs to have the present one. */
  since(version: number | null): unknown
  /** Calls back after every change, until the returned function is called. */
  onChange(listener: () => void): () => void
}

/** Of the 64 sockets, enough stay for everything else. */
const MOST_READERS = 16
/** Proxies and browsers give up silent connections. */
const HEARTBEAT_MS = 15_000

let readers = 0

export function changeStream(context: Context, source: Changing): Response {
  if (readers >= MOST_READERS) return context.json({ error: 'Too many pages are open.' }, 503)
  const last = context.req.header('last-event-id') ?? ''
  let told = /^\d{1,15}$/.test(last) ? Number(last) : null
  if (told !== null && told > source.version) told = null
  return streamSSE(context, async (stream) => {
    readers += 1
    let wake = () => {}
    const stop = source.onChange(() => wake())
    stream.onAbort(() => wake())
    try {
      while (!stream.aborted) {
        if (told === null || told < source.version) {
          const data = JSON.stringify(source.since(told))
          told = source.version
          await stream.writeSSE({ data, id: String(told) })
          continue
        }
        const timer = setTimeout(() => wake(), HEARTBEAT_MS)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        clearTimeout(timer)
        if (!stream.aborted && told >= source.version) await stream.write(': still here\n\n')
      }
    } finally {
      readers -= 1
      stop()
    }
  })
}
