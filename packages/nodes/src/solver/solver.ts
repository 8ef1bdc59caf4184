// The solver node: hears orders, bids and quotes, opens and fills what becomes its own, and follows its receivables until
// they are paid or lost. Everything it knows of chains comes from followed blocks. docs/models/solver.md.
import type { Inbound, Node, TimerId, Verdict } from '@solvent/ports'
import { type ChainId, decodeCanonical, encodeCanonical } from '@solvent/primitives'
import { type Block, type Confirmation, finalityLevels, type SolventVocabulary } from '@solvent/protocol'
import type { BlockFollower } from '../parts/block-follower.ts'
import { createChainAccount } from '../parts/chain-account.ts'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import { BidDesk } from './bid-desk.ts'
import { BlockReader } from './block-reader.ts'
import { BondPost } from './bond-post.ts'
import { ChallengeDesk } from './challenge-desk.ts'
import { Claimer } from './claimer.ts'
import { DirectDesk } from './direct-desk.ts'
import { DistressDesk } from './distress-desk.ts'
import type { Engagement } from './engagement.ts'
import { EngagementDesk } from './engagement-desk.ts'
import { FadeWatch } from './fade-watch.ts'
import { Filler } from './filler.ts'
import { LastLook } from './last-look.ts'
import { Opener } from './opener.ts'
import { OrderIntake } from './order-intake.ts'
import { OrderPool } from './order-pool.ts'
import { PartsDesk } from './parts-desk.ts'
import { QuoteDesk } from './quote-desk.ts'
import { Readiness } from './readiness.ts'
import { Rebalancer } from './rebalancer.ts'
import { RequestDesk } from './request-desk.ts'
import { SentWork } from './sent-work.ts'
import { createSolverBooks, type SolverBooks } from './solver-books.ts'
import type { SolverInit, SolverPorts } from './solver-init.ts'
import { type SolverRules, solverRules } from './solver-rules.ts'
import { Restocker } from './sourcing/restocker.ts'

/**
 * A solver node; `rules` are altered by tests that plant bugs.
 *
 * @example createSolver({ spec, node: asNodeId('atlas'), genesis, prices, strategy: { kind: 'cost-plus', marginBps: 8 }, risk, rebalance: null, sourcing: null })(ports)
 */
export function createSolver(
  init: SolverInit,
  rules: SolverRules = solverRules,
): (ports: SolverPorts) => Node<SolventVocabulary> {
  return (ports) => new Solver(init, rules, ports)
}

/** A chain that has taken nothing of ours for so long stands still; generous, because an accelerated clock runs while the machine works. */
const STALLED_AFTER_MS = 240_000

class Solver implements Node<SolventVocabulary> {
  readonly #ports: SolverPorts
  readonly #readiness: Readiness
  readonly #follower: BlockFollower
  readonly #sender: TransactionSender
  readonly #books: SolverBooks
  readonly #desk: EngagementDesk
  readonly #bids: BidDesk
  readonly #distress: DistressDesk
  readonly #fades: FadeWatch
  readonly #parts: PartsDesk
  readonly #quotes: QuoteDesk
  readonly #opener: Opener
  readonly #filler: Filler
  readonly #claimer: Claimer
  readonly #rebalancer: Rebalancer
  readonly #restocker: Restocker
  readonly #bond: BondPost
  readonly #challenges: ChallengeDesk
  readonly #sent: SentWork
  readonly #pool = new OrderPool()
  readonly #intake: OrderIntake
  readonly #reader: BlockReader
  readonly #requests: RequestDesk

  constructor(init: SolverInit, rules: SolverRules, ports: SolverPorts) {
    const { spec } = init
    this.#ports = ports
    const chains = spec.chains.map(({ chainId }) => chainId)
    const account = createChainAccount(
      {
        spec,
        chains,
        rotation: init.rotation,
        onBlock: (block) => this.#onBlock(block),
        onOrphaned: (block) => {
          this.#reader.unread(block)
          this.#books.sourcing.orphaned(block)
        },
        onFinality: (chainId) => this.#filler.onProgress(chainId),
        onIncluded: (inclusion) => this.#sent.included(inclusion),
        onAbandoned: (ref) => this.#sent.abandoned(ref),
        onPromised: (ref) => this.#sent.promised(ref),
      },
      ports,
    )
    this.#follower = account.follower
    this.#sender = account.sender
    this.#readiness = new Readiness({
      spec,
      clock: ports.clock,
      isCaughtUp: (chainId) => this.#follower.isCaughtUp(chainId),
      onReady: (chainId) => this.#onReady(chainId),
    })
    this.#books = createSolverBooks(init, ports, {
      rules,
      isReady: (chainId) => this.#readiness.has(chainId),
      isStalled: (chainId) => this.#sender.waitedMs(chainId) > STALLED_AFTER_MS,
      isFirm: (chainId, block, level) => this.#isFirm(chainId, block, level),
      send: (options) => this.#sender.send(options),
    })
    this.#desk = new EngagementDesk(this.#books)
    this.#distress = new DistressDesk(this.#books, this.#desk)
    this.#opener = new Opener(this.#books, this.#desk)
    this.#filler = new Filler(this.#books, this.#desk)
    const looks = new LastLook(this.#books, this.#desk, this.#filler)
    this.#claimer = new Claimer(this.#books, this.#desk)
    this.#quotes = new QuoteDesk(this.#books)
    this.#parts = new PartsDesk(this.#books, this.#desk)
    const open = (engagement: Engagement) => this.#opener.open(engagement)
    const direct = new DirectDesk(this.#books, this.#desk, this.#quotes)
    this.#fades = new FadeWatch({ books: this.#books, desk: this.#desk, direct, open })
    this.#bids = new BidDesk(this.#books, this.#desk, {
      won: open,
      lost: (orderId, signed, order, offer) => {
        this.#fades.onLost(orderId, signed, order)
        this.#challenges.onLost(orderId, order, offer)
      },
    })
    this.#rebalancer = new Rebalancer(this.#books)
    this.#restocker = new Restocker(this.#books)
    this.#bond = new BondPost(this.#books)
    this.#challenges = new ChallengeDesk(this.#books)
    this.#sent = new SentWork({
      books: this.#books,
      desk: this.#desk,
      opener: this.#opener,
      filler: this.#filler,
      claimer: this.#claimer,
      rebalancer: this.#rebalancer,
      restocker: this.#restocker,
      bond: this.#bond,
    })
    this.#intake = new OrderIntake({
      pool: this.#pool,
      bids: this.#bids,
      direct,
      parts: this.#parts,
      filler: this.#filler,
      log: ports.log,
      spec,
    })
    this.#reader = new BlockReader({
      books: this.#books,
      desk: this.#desk,
      pool: this.#pool,
      parts: this.#parts,
      filler: this.#filler,
      claimer: this.#claimer,
      rebalancer: this.#rebalancer,
    })
    this.#requests = new RequestDesk({
      ...{ spec, ports, chains, looks },
      quotes: this.#quotes,
      bids: this.#bids,
      distress: this.#distress,
      sender: this.#sender,
      follower: this.#follower,
      summary: () => this.#summary(),
    })
  }

  start(): void {
    const { transport } = this.#ports
    transport.subscribe('orders')
    transport.subscribe('awards')
    transport.subscribe('attestations')
    this.#distress.resume()
    for (const { engagement, receivable } of this.#desk.resume()) {
      const { orderId, signed, basis, stage } = engagement
      this.#pool.add(orderId, signed)
      if (receivable !== null) this.#books.receivables.resume(orderId, signed.order, receivable)
      else if (basis === 'auction' && stage === 'opening') this.#opener.open(engagement)
    }
    this.#bids.resume()
    this.#challenges.resume()
    this.#quotes.resume()
    this.#rebalancer.start()
    this.#follower.start()
    this.#sender.start()
    this.#readiness.begin()
  }

  stop(): void {}

  /** Promises and transactions are in the store, the rest is read from blocks again. */
  snapshot(): Uint8Array {
    return encodeCanonical({ version: 1 })
  }

  restore(bytes: Uint8Array): void {
    decodeCanonical(bytes)
  }

  onMessage(inbound: Inbound<SolventVocabulary>): Verdict {
    if (inbound.via === 'store') {
      if (!this.#books.outbox.onStore(inbound.ticket)) this.#sender.onMessage(inbound)
      return 'accept'
    }
    if (inbound.via === 'request') return this.#requests.onRequest(inbound)
    if (inbound.via === 'reply' || inbound.via === 'failure') {
      if (this.#bids.onMessage(inbound) || this.#challenges.onMessage(inbound)) return 'accept'
      if (this.#sender.onMessage(inbound)) return 'accept'
    }
    if (inbound.via === 'gossip') {
      const { message } = inbound
      if (message.type === 'order') return this.#intake.onOrder(message.body)
      if (message.type === 'award') return this.#intake.onAward(message.body, inbound.from)
      if (message.type === 'attestation') {
        this.#claimer.onAttestation(message.body)
        return 'accept'
      }
    }
    const verdict = this.#follower.onMessage(inbound) ?? 'ignore'
    this.#readiness.look()
    return verdict
  }

  onTimer(timer: TimerId): void {
    const isTaken =
      this.#desk.onTimer(timer) ||
      this.#bids.onTimer(timer) ||
      this.#fades.onTimer(timer) ||
      this.#parts.onTimer(timer) ||
      this.#bond.onTimer(timer) ||
      this.#challenges.onTimer(timer) ||
      this.#quotes.onTimer(timer) ||
      this.#filler.onTimer(timer) ||
      this.#rebalancer.onTimer(timer) ||
      this.#sender.onTimer(timer)
    if (!isTaken) this.#follower.onTimer(timer)
  }

  #onBlock(block: Block): void {
    this.#books.facts.onHeader(block.header)
    this.#reader.read(block)
    this.#books.sourcing.followed(block)
    this.#sender.onBlock(block)
    this.#parts.onBlock(block.header.chainId)
    this.#challenges.onBlock(block)
    this.#filler.onProgress(block.header.chainId)
    this.#restocker.onBlock(block)
  }

  #isFirm(chainId: ChainId, block: number, level: Confirmation): boolean {
    if (level === 'preconfirmed' || level === 'unsafe') return true
    return finalityLevels.indexOf(this.#follower.view.level(chainId, block)) >= finalityLevels.indexOf(level)
  }

  /** The balances of this chain are known: what was promised before a restart is set aside again. */
  #onReady(chainId: ChainId): void {
    this.#desk.onReady(chainId)
    this.#quotes.onReady(chainId)
    this.#bond.onReady(chainId)
    this.#filler.onReady()
  }

  #summary(): string {
    const { receivables, inventory } = this.#books
    const { filled, claimed, stranded } = receivables.totals
    return (
      `${filled} fills, ${receivables.size} receivables, ${claimed} claimed, ${stranded} stranded, ` +
      `${inventory.size} reservations, ${this.#rebalancer.inTransit} transfers under way`
    )
  }
}
