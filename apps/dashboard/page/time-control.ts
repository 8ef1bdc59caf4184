// Play, pause, step and scrub through the time of a run.
import { byId, clockText, element } from './dom.ts'

const TICK_MS = 100
/** Virtual seconds a second. */
const SPEEDS = [1, 10, 60, 300, 1_800, 7_200] as const
const SCALE = 1_000

export class TimeControl {
  readonly #play = byId<HTMLButtonElement>('play')
  readonly #moment = byId<HTMLInputElement>('moment')
  readonly #speed = byId<HTMLSelectElement>('speed')
  readonly #now = byId('now')
  readonly #onMove: (atMs: number) => void
  #durationMs = 1
  /** Moments at which something happened, in any order. */
  #stops: () => readonly number[] = () => []
  #atMs = 0
  #timer: ReturnType<typeof setInterval> | null = null

  constructor(onMove: (atMs: number) => void) {
    this.#onMove = onMove
    for (const speed of SPEEDS) this.#speed.append(element('option', { value: String(speed) }, `${speed}×`))
    this.#play.addEventListener('click', () => this.toggle())
    byId('back').addEventListener('click', () => this.step(-1))
    byId('forth').addEventListener('click', () => this.step(1))
    this.#moment.addEventListener('input', () =>
      this.#move((Number(this.#moment.value) / SCALE) * this.#durationMs),
    )
    document.addEventListener('keydown', (event) => this.#onKey(event))
  }

  get atMs(): number {
    return this.#atMs
  }

  /** A run: from its start, at a speed that plays it in about a minute. */
  load(durationMs: number, stops: () => readonly number[]): void {
    this.pause()
    this.#durationMs = Math.max(1, durationMs)
    this.#stops = stops
    const wanted = durationMs / 60_000
    this.#speed.value = String(SPEEDS.find((speed) => speed >= wanted) ?? SPEEDS.at(-1))
    this.#move(0)
  }

  /** The run has grown: whoever stood at its end stays there. */
  grow(durationMs: number): void {
    const isAtEnd = this.#timer === null && this.#atMs >= this.#durationMs
    this.#durationMs = Math.max(1, durationMs)
    this.#move(isAtEnd ? this.#durationMs : this.#atMs)
  }

  toStart(): void {
    this.pause()
    this.#move(0)
  }

  toEnd(): void {
    this.pause()
    this.#move(this.#durationMs)
  }

  toggle(): void {
    if (this.#timer !== null) return this.pause()
    if (this.#atMs >= this.#durationMs) this.#move(0)
    this.#timer = setInterval(() => {
      const next = this.#atMs + TICK_MS * Number(this.#speed.value)
      this.#move(next)
      if (next >= this.#durationMs) this.pause()
    }, TICK_MS)
    this.#play.textContent = 'Pause'
    this.#play.setAttribute('aria-pressed', 'true')
  }

  pause(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    this.#play.textContent = 'Play'
    this.#play.setAttribute('aria-pressed', 'false')
  }

  /** To the next moment at which something happened, or the one before. */
  step(direction: 1 | -1): void {
    this.pause()
    let to = direction === 1 ? this.#durationMs : 0
    for (const stop of this.#stops())
      if (direction === 1 ? stop > this.#atMs && stop < to : stop < this.#atMs && stop > to) to = stop
    this.#move(to)
  }

  #move(atMs: number): void {
    this.#atMs = Math.max(0, Math.min(this.#durationMs, atMs))
    this.#moment.value = String(Math.round((this.#atMs / this.#durationMs) * SCALE))
    this.#moment.setAttribute('aria-valuetext', clockText(this.#atMs))
    this.#now.textContent = `${clockText(this.#atMs)} of ${clockText(this.#durationMs)}`
    this.#onMove(this.#atMs)
  }

  /** Space plays and pauses, arrows step, Home and End go to the ends; where a control has the keyboard, its own keys come first. */
  #onKey(event: KeyboardEvent): void {
    const at = event.target instanceof HTMLElement ? event.target.tagName : ''
    if (at === 'INPUT' || at === 'SELECT' || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === ' ' && at !== 'BUTTON') this.toggle()
    else if (event.key === 'ArrowRight' && at !== 'BUTTON') this.step(1)
    else if (event.key === 'ArrowLeft' && at !== 'BUTTON') this.step(-1)
    else if (event.key === 'Home') this.toStart()
    else if (event.key === 'End') this.toEnd()
    else return
    event.preventDefault()
  }
}
