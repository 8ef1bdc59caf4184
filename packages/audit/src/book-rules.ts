// Limit order books, A-3: the best price trades first, at one price who came first, at the price of who waited; what waits is what the book
// holds; everybody gets what fills and withdrawals say, takers less their fee.
import type { Address, ChainId } from '@solvent/primitives'
import type { BookSide, ChainEvent } from '@solvent/protocol'
import type { ChainBook } from './book.ts'
import { amountsOf, BookDues, type BookSpec, type Filled, feeProblem } from './book-dues.ts'
import {
  type BookState,
  crosses,
  EMPTY_BOOK,
  facing,
  find,
  holdingsOf,
  type Taking,
  taken,
  waited,
  without,
} from './book-ledger.ts'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { WriteLog } from './credit-undo.ts'
import { latenessProblem, marketCallOf } from './market-terms.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

interface Book {
  readonly spec: BookSpec
  readonly chainBook: ChainBook
  state: BookState
  /** The order that is being filled; of a swap there is none. */
  taking: Taking | null
  /** Fills of a swap that has not been told yet. */
  swept: Filled[]
  /** What the receipt's entries must move outside of the book. */
  readonly dues: BookDues
}

export class BookRules {
  readonly #tally: Tally
  readonly #books = new Map<Address, Book>()
  readonly #log = new WriteLog()

  constructor(tally: Tally, index: NetworkIndex) {
    this.#tally = tally
    for (const { design, ...spec } of index.spec.markets) {
      const chain = index.chains.get(spec.chainId)
      if (chain === undefined || design.kind !== 'order-book') continue
      const book = { ...spec, design }
      this.#books.set(spec.address, {
        ...{ spec: book, chainBook: chain.book, state: EMPTY_BOOK },
        ...{ taking: null, swept: [], dues: new BookDues(book) },
      })
    }
  }

  has(address: Address): boolean {
    return this.#books.has(address)
  }

  /** Of the first token in the second, times 2^96; null: no book. */
  priceOf(address: Address): bigint | null {
    const book = this.#books.get(address)
    return book === undefined ? null : holdingsOf(book.state, book.spec.design).priceX96
  }

  placed(scope: Scope, event: Event<'limit-order-placed'>): void {
    const book = this.#find(scope, event.market)
    if (book === null) return
    this.#rest(scope, book)
    const { limitId: id, owner, lots } = event
    const call = marketCallOf(scope, 'place-orders')
    if (call !== null) {
      this.#onTime(scope, book, call)
      const isAsked = call.orders.some(
        (each) =>
          each.side === event.side &&
          each.priceTicks === event.priceTicks &&
          each.lots === lots &&
          each.timeInForce === event.timeInForce,
      )
      if (!isAsked) this.#breach(scope.atMs, book, `places an order ${id} that its call does not ask for`)
    }
    if (owner !== scope.transaction?.from)
      this.#breach(scope.atMs, book, `places an order of ${owner}, who did not ask`)
    if (find(book.state, id) !== null) this.#breach(scope.atMs, book, `gives the number ${id} twice`)
    book.taking = { id, owner, order: event, left: lots }
  }

  filled(scope: Scope, event: Filled): void {
    const book = this.#find(scope, event.market)
    if (book === null) return
    const { taking } = book
    const swap = marketCallOf(scope, 'swap')
    const side: BookSide =
      taking?.order.side ?? (swap === null || swap.tokenIn === book.spec.token0 ? 'sell' : 'buy')
    const best = book.state[facing(side)][0]
    if (best === undefined) return this.#breach(scope.atMs, book, 'fills an order against nobody')
    const { limitId, maker, priceTicks, lots } = event
    if (best.id !== limitId || best.owner !== maker || best.price !== priceTicks)
      this.#breach(
        scope.atMs,
        book,
        `fills ${limitId} at ${priceTicks}, before ${best.id} at ${best.price} has its turn`,
      )
    if (lots <= 0n || lots > best.lots)
      return this.#breach(scope.atMs, book, `fills ${lots} lots of ${best.lots} that wait`)
    if (taking !== null) {
      if (!crosses(side, taking.order.priceTicks, priceTicks))
        this.#breach(
          scope.atMs,
          book,
          `trades at ${priceTicks}, past the limit of ${taking.order.priceTicks}`,
        )
      if (lots > taking.left)
        this.#breach(scope.atMs, book, `fills ${lots} lots of an order with ${taking.left}`)
      book.taking = { ...taking, left: taking.left - lots }
    } else book.swept.push(event)
    if (event.taker !== scope.transaction?.from)
      this.#breach(scope.atMs, book, `fills an order of ${event.taker}, who did not ask`)
    const problem = feeProblem(book.spec.design, event, side)
    if (problem !== null) this.#breach(scope.atMs, book, problem)
    const recipient = taking === null ? (swap?.recipient ?? event.taker) : event.taker
    book.dues.filled(event, side, recipient)
    this.#set(scope, book, taken(book.state, facing(side), lots))
  }

  swapped(scope: Scope, event: Event<'swapped'>): void {
    const book = this.#find(scope, event.market)
    if (book === null) return
    const { tokenIn, amountIn, amountOut } = event
    const { lotSize, tickSize } = book.spec.design
    const sells = tokenIn === book.spec.token0
    let [base, value, fees] = [0n, 0n, 0n]
    for (const { lots, priceTicks, fee } of book.swept) {
      const [sold, worth] = amountsOf(book.spec.design, lots, priceTicks)
      ;[base, value, fees] = [base + sold, value + worth, fees + fee]
    }
    const [given, got] = sells ? [base, value - fees] : [value, base - fees]
    if (amountIn !== given || amountOut !== got)
      this.#breach(scope.atMs, book, `says ${amountIn} for ${amountOut}, its fills are ${given} for ${got}`)
    const call = marketCallOf(scope, 'swap')
    if (call !== null) {
      this.#onTime(scope, book, call)
      const next = book.state[sells ? 'buy' : 'sell'][0]?.price
      const step = sells ? lotSize : BigInt(next ?? book.swept.at(-1)?.priceTicks ?? 0) * tickSize
      const left = call.amountIn - amountIn
      if (left < 0n || left >= step)
        this.#breach(scope.atMs, book, `leaves ${left} of ${call.amountIn} unsold`)
      if (amountOut < call.minAmountOut)
        this.#breach(scope.atMs, book, `pays ${amountOut}, the call asks for ${call.minAmountOut}`)
    }
    book.swept = []
  }

  withdrawn(scope: Scope, event: Event<'limit-order-withdrawn'>): void {
    const book = this.#find(scope, event.market)
    if (book === null) return
    const { limitId, owner, lots } = event
    const known = find(book.state, limitId)
    if (known === null) return this.#breach(scope.atMs, book, `takes back ${limitId}, which does not wait`)
    const { side, order } = known
    if (order.owner !== owner || owner !== scope.transaction?.from || order.lots !== lots)
      this.#breach(
        scope.atMs,
        book,
        `takes back ${lots} lots for ${owner}; ${order.owner} has ${order.lots} there`,
      )
    book.dues.returned({ ...order, owner, side })
    this.#set(scope, book, without(book.state, side, limitId))
  }

  /** What a book says of itself, against its events, the journal, and what the call had to move. */
  synced(scope: Scope, event: Event<'market-synced'>): void {
    const book = this.#find(scope, event.market)
    if (book === null) return
    this.#rest(scope, book)
    const { reserve0, reserve1, priceX96 } = holdingsOf(book.state, book.spec.design)
    if (event.reserve0 !== reserve0 || event.reserve1 !== reserve1 || event.priceX96 !== priceX96)
      this.#breach(
        scope.atMs,
        book,
        `says ${event.reserve0}, ${event.reserve1} at ${event.priceX96}; who waits has ${reserve0}, ${reserve1} at ${priceX96}`,
      )
    for (const problem of book.dues.settle(scope.receipt.entries)) this.#breach(scope.atMs, book, problem)
    this.#sound(scope.atMs, book)
  }

  sums(atMs: number): void {
    for (const book of this.#books.values()) this.#sound(atMs, book)
  }

  undoBlock(hash: string): void {
    this.#log.undo(hash)
  }

  /** What is left of the order that is being filled waits or is gone. */
  #rest(scope: Scope, book: Book): void {
    const { taking } = book
    book.taking = null
    if (taking === null || taking.left === 0n) return
    const { id, owner, order, left } = taking
    const { side, priceTicks, timeInForce } = order
    const best = book.state[facing(side)][0]
    if (best !== undefined && crosses(side, priceTicks, best.price))
      this.#breach(
        scope.atMs,
        book,
        `leaves ${left} lots of ${id} unfilled, though ${best.id} waits at ${best.price}`,
      )
    if (timeInForce === 'fill-or-kill')
      this.#breach(scope.atMs, book, `fills ${order.lots - left} of ${order.lots} lots of all or none`)
    if (timeInForce !== 'good-till-cancelled' && timeInForce !== 'post-only') return
    const waiting = { id, owner, price: priceTicks, lots: left }
    book.dues.rested({ ...waiting, side })
    this.#set(scope, book, waited(book.state, side, waiting))
  }

  #sound(atMs: number, book: Book): void {
    this.#tally.checked['A-3']++
    const { spec, chainBook, state } = book
    const { reserve0, reserve1 } = holdingsOf(state, spec.design)
    const held = (token: Address): bigint => chainBook.token(token).balance('POOL', spec.address)
    if (held(spec.token0) !== reserve0 || held(spec.token1) !== reserve1)
      this.#breach(
        atMs,
        book,
        `holds ${held(spec.token0)} and ${held(spec.token1)}, who waits has ${reserve0} and ${reserve1}`,
      )
  }

  #onTime(scope: Scope, book: Book, call: { readonly deadline: number }): void {
    const problem = latenessProblem(scope, call)
    if (problem !== null) this.#breach(scope.atMs, book, problem)
  }

  #set({ block }: Scope, book: Book, state: BookState): void {
    const before = book.state
    this.#log.note(block.hash, () => {
      book.state = before
    })
    book.state = state
  }

  #find({ chain, atMs }: Scope, address: Address): Book | null {
    this.#tally.checked['A-3']++
    const book = this.#books.get(address)
    if (book?.spec.chainId === chain.chainId) return book
    this.#tell(atMs, chain.chainId, `there is no order book ${address} on this chain`)
    return null
  }

  #breach(atMs: number, { spec }: Book, detail: string): void {
    this.#tell(atMs, spec.chainId, `market ${spec.name} ${detail}`)
  }

  #tell(atMs: number, chainId: ChainId, detail: string): void {
    this.#tally.breach('A-3', atMs, chainId, detail)
  }
}
