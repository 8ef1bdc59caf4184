// What the nodes of a live network have said of its orders so far.
import { answerOf, type NetworkObserver, type OrderBoard, toldStep } from '@solvent/experiments/live'
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
    return {
      label: order.label,
      end: order.end,
      answer: answerOf(factsOf(order), told.map(recorded), 'so far'),
      steps: told.flatMap(({ atMs, node, kind, payload }) => {
        const what = toldStep(kind, payload)
        return what === null ? [] : [{ atMs: atMs - this.#genesisMs, node, what }]
      }),
    }
  }
}

/** How many bids an award revealed nobody has counted while the network runs. */
function factsOf(order: FrameOrder): Parameters<typeof answerOf>[0] {
  return {
    end: order.end,
    winner: order.winner,
    bids: 0,
    receivable: order.receivable,
    isStolen: false,
    bridge: order.bridge,
    originChain: order.origin_chain,
    signedMs: order.signed_ms,
    awardedMs: order.awarded_ms,
    filledMs: order.filled_ms,
    claimedMs: order.claimed_ms,
  }
}

function recorded({ node, kind, payload: { reason } }: LoggedEvent): Parameters<typeof answerOf>[1][number] {
  return { node, kind, reason: typeof reason === 'string' ? reason : null }
}
