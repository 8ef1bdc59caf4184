// The log port on disk: domain events as JSON lines, text lines for people. Buffered; flushed every second and
// at the end. Text has its control characters escaped, so that one call is one line.
import { closeSync, fsyncSync, openSync, write, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Log, Vocabulary } from '@solvent/ports'
import type { NodeId } from '@solvent/primitives'

const FLUSH_EVERY_MS = 1_000
const FLUSH_ABOVE_CHARACTERS = 64 * 1024

export interface EventLogWiring<V extends Vocabulary> {
  readonly directory: string
  readonly node: NodeId
  readonly nowMs: () => number
  /** Plain JSON value of an event (bigint as decimal text, bytes as hex). */
  readonly toJson: (event: V['event']) => unknown
  readonly onEvent?: ((atMs: number, event: V['event']) => void) | undefined
}

/** `events.jsonl` (`{"atMs":…,"node":…,"kind":…,…}`) and `node.log`, which tells the same in words, in the node's directory. */
export class EventLog<V extends Vocabulary> implements Log<V> {
  readonly #wiring: EventLogWiring<V>
  readonly #events: LineFile
  readonly #text: LineFile
  readonly #flushTimer: NodeJS.Timeout

  constructor(wiring: EventLogWiring<V>) {
    this.#wiring = wiring
    this.#events = new LineFile(join(wiring.directory, 'events.jsonl'))
    this.#text = new LineFile(join(wiring.directory, 'node.log'))
    this.#flushTimer = setInterval(() => this.#flush(), FLUSH_EVERY_MS)
    this.#flushTimer.unref()
  }

  event(event: V['event']): void {
    const atMs = this.#wiring.nowMs()
    const fields = this.#wiring.toJson(event) as Readonly<Record<string, unknown>>
    this.#events.add(JSON.stringify({ atMs, node: this.#wiring.node, ...fields }))
    this.text('info', inWords(fields))
    this.#wiring.onEvent?.(atMs, event)
  }

  text(level: 'debug' | 'info' | 'warn', message: string): void {
    this.#text.add(`${new Date(this.#wiring.nowMs()).toISOString()} ${level} ${oneLine(message)}`)
  }

  /** Writes what is buffered and closes; later lines are dropped. */
  async close(): Promise<void> {
    clearInterval(this.#flushTimer)
    await Promise.all([this.#events.close(), this.#text.close()])
  }

  #flush(): void {
    this.#events.flush()
    this.#text.flush()
  }
}

/** An event for people: its kind, then what it says in single values. */
function inWords({ kind, ...fields }: Readonly<Record<string, unknown>>): string {
  const said = Object.entries(fields).filter(([, value]) => typeof value !== 'object')
  return [String(kind), ...said.map(([name, value]) => `${name}=${String(value)}`)].join(' ')
}

function oneLine(message: string): string {
  return message.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** An append-only text file with its lines buffered. */
class LineFile {
  readonly #fd: number
  #lines = ''
  #writing = false
  #closed = false
  #ended: () => void = () => {}

  constructor(path: string) {
    this.#fd = openSync(path, 'a', 0o600)
  }

  add(line: string): void {
    if (this.#closed) return
    this.#lines += `${line}\n`
    if (this.#lines.length > FLUSH_ABOVE_CHARACTERS) this.flush()
  }

  flush(): void {
    if (this.#writing || this.#closed || this.#lines === '') return
    const bytes = Buffer.from(this.#lines, 'utf8')
    this.#lines = ''
    this.#writing = true
    const rest = (from: number): void => {
      write(this.#fd, bytes, from, bytes.length - from, null, (error, written) => {
        if (error === null && from + written < bytes.length) return rest(from + written)
        this.#writing = false
        if (this.#closed) this.#end()
      })
    }
    rest(0)
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve()
    this.#closed = true
    return new Promise((resolve) => {
      this.#ended = resolve
      if (!this.#writing) this.#end()
    })
  }

  #end(): void {
    if (this.#lines !== '') writeSync(this.#fd, this.#lines)
    fsyncSync(this.#fd)
    closeSync(this.#fd)
    this.#ended()
  }
}
