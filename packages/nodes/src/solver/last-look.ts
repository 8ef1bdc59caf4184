// Last look: a producer in league keeps a rival's fill waiting and tells this solver what it delivers. What pays at that, whatever margin it would have waited
// for, it takes: its own fill of the same order comes first, and the rival's too late. The rest it leaves. docs/models/misconduct.md.
import { mulDivFloor, type NodeId, wholeUnit } from '@solvent/primitives'
import type { Order, SideChannelMessage } from '@solvent/protocol'
import type { EngagementDesk } from './engagement-desk.ts'
import type { Filler } from './filler.ts'
import type { SolverBooks } from './solver-books.ts'

export class LastLook {
  readonly #books: SolverBooks
  readonly #desk: EngagementDesk
  readonly #filler: Filler

  constructor(books: SolverBooks, desk: EngagementDesk, filler: Filler) {
    this.#books = books
    this.#desk = desk
    this.#filler = filler
  }

  /** False when nothing of the kind is listened to from there. */
  hear(body: Extract<SideChannelMessage, { kind: 'rival-fill' }>, from: NodeId): boolean {
    const { init, ports } = this.#books
    if (init.looks?.includes(from) !== true) return false
    const engagement = this.#desk.find(body.orderId)
    if (engagement?.basis !== 'race' || engagement.stage !== 'confirming') return true
    const most = breakEven(this.#books, engagement.signed.order)
    const isWorth = body.outputAmount <= most
    ports.meter.count(isWorth ? 'last-looks-taken' : 'last-looks-left')
    if (!isWorth) return true
    if (body.outputAmount > engagement.offer) engagement.offer = body.outputAmount
    this.#filler.retry(engagement)
    return true
  }
}

/** What it can deliver without a loss: the input's value less the gas, in base units of the output. */
function breakEven({ facts }: SolverBooks, { originChainId, input, output }: Order): bigint {
  const token = facts.token(output.chainId, output.token)
  const valueE8 =
    facts.valueE8(originChainId, input.token, input.amount) - facts.gasCostE8(originChainId, output.chainId)
  return token === undefined || valueE8 <= 0n
    ? 0n
    : mulDivFloor(valueE8, wholeUnit(token.decimals), token.priceE8)
}
