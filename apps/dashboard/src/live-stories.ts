// What the nodes of a live network have said of its orders so far.
import type { NetworkObserver, OrderBoard } from '@solvent/experiments/live'
import type { FrameOrder } from './run-frame.ts'

type LoggedEvent = Awaited<ReturnType<NetworkObserver['takeEvents']>>[number]

const MOST_STEPS = 200

export interface LiveStory {
  readonly label: string
  readonly end: string
  readonly answer: string
  readonly steps: readonly { readonly atMs: number; readonly node: string; readonly what: string }[]
}

export class LiveStories {
  readonly #board: OrderBoard
  readonly #genesisMs: number
  readonly #told = new Map<string, LoggedEvent[]>()

  constructor(board: OrderBoard, genesisMs: number) {
    this.#board = board
    this.#genesisMs = genesisMs
  }

  take(event: LoggedEvent): void {
    if (event.orderId === null) return
    const told = this.#told.get(event.orderId) ?? []
    this.#told.set(event.orderId, told)
    if (told.length < MOST_STEPS) told.push(event)
  }

  /** @param named label or id @returns null when nobody knows it */
  of(named: string): LiveStory | null {
    const order = this.#board.orders.find(({ label, order_id }) => label === named || order_id === named)
    if (order === undefined) return null
    const told = this.#told.get(order.order_id) ?? []
    const declined = told.filter(({ kind }) => kind === 'bid-declined').map(({ payload }) => payload.reason)
    return {
      label: order.label,
      end: order.end,
      answer: answerOf(order, [...new Set(declined.map(String))]),
      steps: told.map(({ atMs, node, kind, payload }) => ({
        atMs: atMs - this.#genesisMs,
        node,
        what: [kind.replaceAll('-', ' '), payload.state, payload.reason].filter(Boolean).join(', '),
      })),
    }
  }
}

function answerOf(order: FrameOrder, declined: readonly string[]): string {
  const because = declined.length === 0 ? '' : `; solvers declined because of ${declined.join(', ')}`
  if (order.claimed_ms !== null) return `${order.winner} filled it and was paid.`
  if (order.filled_ms !== null) return `${order.winner} filled it and waits to be paid.`
  if (order.winner !== null) return `${order.winner} won it and has not filled it yet.`
  if (order.awarded_ms !== null) return `Nobody won it${because}.`
  return `Nobody has been chosen yet${because}.`
}
