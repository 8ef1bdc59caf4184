// What the page asks of its server: answers, and states that are sent again when they change.
import { TOKEN_HEADER } from '../src/token-header.ts'

/** Kept for a reload; the address loses it at once, so that it is not copied with it. */
const token = location.hash.slice(1) || (sessionStorage.getItem('token') ?? '')
sessionStorage.setItem('token', token)
history.replaceState(null, '', location.pathname)

const AGAIN_MS = 2_000

/** @param path below `/api/` */
export async function ask<Answer>(path: string): Promise<Answer> {
  const response = await fetch(`/api/${path}`, { headers: { [TOKEN_HEADER]: token } })
  const answer = (await response.json()) as Answer & { error?: string }
  if (!response.ok) throw new Error(answer.error ?? `${response.status}`)
  return answer
}

/** Follows server-sent events, and comes back to them when they end; an EventSource could not send the token. */
export function follow<State>(
  path: string,
  take: (state: State) => void,
  onGap: (why: string) => void,
): void {
  let last = ''
  const read = async () => {
    const headers = { [TOKEN_HEADER]: token, ...(last === '' ? {} : { 'Last-Event-ID': last }) }
    const response = await fetch(`/api/${path}`, { headers })
    if (!response.ok || response.body === null) throw new Error(`${response.status}`)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      text += value
      const events = text.split('\n\n')
      text = events.pop()!
      for (const event of events) {
        const field = (name: string) => event.match(new RegExp(`^${name}: ?(.*)$`, 'm'))?.[1]
        last = field('id') ?? last
        const data = field('data')
        if (data !== undefined) take(JSON.parse(data) as State)
      }
    }
  }
  const again = () => {
    onGap('The dashboard does not answer; what stands here is the last that it said.')
    setTimeout(start, AGAIN_MS)
  }
  const start = () => read().then(again, again)
  start()
}
