// The event log of a run: one JSON object a line, `{"atMs", "node", "kind", …}`, amounts as decimal strings.
import type { NodeId } from '@solvent/primitives'
import { type DomainEvent, toJsonValue } from '@solvent/protocol'

const BUFFERED_LINES = 512

export class EventLog {
  readonly #isKept: (event: DomainEvent) => boolean
  #chunks: string[] = []
  #lines: string[] = []

  /** @param isKept of what is not, nothing is written down */
  constructor(isKept: (event: DomainEvent) => boolean = () => true) {
    this.#isKept = isKept
  }

  add(atMs: number, node: NodeId, event: DomainEvent): void {
    if (!this.#isKept(event)) return
    this.#lines.push(JSON.stringify({ atMs, node, ...(toJsonValue(event) as object) }))
    if (this.#lines.length >= BUFFERED_LINES) this.#pack()
  }

  /** All lines so far, each ended by a line feed. */
  text(): string {
    this.#pack()
    const text = this.#chunks.join('')
    // One copy of it is enough: the log of a day has tens of megabytes.
    this.#chunks = text === '' ? [] : [text]
    return text
  }

  #pack(): void {
    if (this.#lines.length === 0) return
    this.#chunks.push(`${this.#lines.join('\n')}\n`)
    this.#lines = []
  }
}
