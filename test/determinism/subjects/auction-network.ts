// A small network on the simulator: users gossip orders, solvers bid, an auctioneer closes each auction by a real
// mechanism. Few enough parts that one can be replaced by a faulty one, enough that the fault spreads.
import { type SealedBid, sealedAuction } from '@solvent/mechanisms'
import type { Inbound, Log, Node, Ports, RandomStream, Rng, TimerId, Verdict } from '@solvent/ports'
import { asAddress, asNodeId, hashCanonical, keccakHex, type NodeId, pow } from '@solvent/primitives'
import { createSimulation, type SimulatedNode } from '@solvent/runtime-sim'
import type { Subject, SubjectRun } from './subject.ts'

/** What a test may replace; `soundParts` are the product's. */
export interface AuctionParts {
  /** The winning bid among those above the reserve, null without one. */
  readonly winner: (bids: readonly SealedBid[], reserve: bigint) => SealedBid | null
  /** A whole order's value, Pareto distributed from 1 up. */
  readonly orderValue: (stream: RandomStream) => number
  /** A log that keeps one line in ten; where it draws from is the question. */
  readonly samplingLog: (log: Log<AuctionVocabulary>, rng: Rng) => Log<AuctionVocabulary>
}

type AuctionMessage =
  | { readonly type: 'order'; readonly order: number; readonly value: number }
  | { readonly type: 'bid'; readonly order: number; readonly bid: SealedBid }
  | { readonly type: 'award'; readonly order: number; readonly winner: string; readonly output: bigint }

export interface AuctionVocabulary {
  readonly message: AuctionMessage
  readonly topic: 'orders' | 'awards'
  readonly transaction: never
  readonly block: never
  readonly event: { readonly kind: string; readonly order: number }
  readonly signer: null
}

const SOLVERS = 5
const USERS = 2
const ORDERS_EACH = 60
const MEAN_GAP_MS = 500
const AUCTION_MS = 400
const PARETO_SHAPE = 1.6
const GENESIS_MS = 1_776_533_100_000
/** Long enough for every order of every seed. */
const DURATION_MS = 120_000
const AUCTIONEER = asNodeId('auctioneer')
/** The name that the log's own stream has in each node. */
const LOG_STREAM = 'log/sampling'

export const soundParts: AuctionParts = {
  winner: (bids, reserve) => sealedAuction('first-price').close(bids, reserve).winner,
  orderValue: (stream) => pow(1 - stream.uniform(), -1 / PARETO_SHAPE),
  samplingLog: (log, rng) => sampledFrom(log, rng.stream(LOG_STREAM)),
}

/** The network of given parts as a subject. */
export function auctionNetwork(name: string, parts: AuctionParts = soundParts): Subject {
  return { name, isSeeded: true, needsWasm: false, run: (run) => hashCanonical(playAuctions(parts, run)) }
}

/** A log that keeps a tenth of its lines, drawing from the stream for each. */
export function sampledFrom(log: Log<AuctionVocabulary>, stream: RandomStream): Log<AuctionVocabulary> {
  return {
    event: (event) => {
      if (stream.bernoulli(0.1)) log.event(event)
    },
    text: (level, message) => {
      if (stream.bernoulli(0.1)) log.text(level, message)
    },
  }
}

/** What a run of the network leaves behind. */
export interface AuctionTrace {
  readonly traceDigest: string
  readonly events: number
  readonly messages: number
  /** `order account output`, in the order of the awards. */
  readonly awards: readonly string[]
}

/** Runs the network to its end, with a node more that does nothing if wanted. */
export function playAuctions(
  parts: AuctionParts,
  run: SubjectRun & { readonly hasIdleNode?: boolean },
): AuctionTrace {
  const { seed, isObserved, hasIdleNode = false } = run
  const awards: string[] = []
  const log = isObserved ? parts.samplingLog : () => SILENT
  const member = (id: NodeId, behave: Behave): SimulatedNode<AuctionVocabulary> => ({
    id,
    signer: null,
    create: (ports) => nodeOf(behave({ ...ports, log: log(ports.log, ports.rng) })),
  })
  const seen = new Set<string>()
  const observers = {
    onEvent: () => void seen.add('event'),
    onPop: () => void seen.add('pop'),
    onDelivery: () => void seen.add('delivery'),
  }
  const simulation = createSimulation<AuctionVocabulary>({
    seed: String(seed),
    genesisMs: GENESIS_MS,
    links: { loss: 0.02, duplicate: 0.02, reorder: 0.05 },
    nodes: [
      member(AUCTIONEER, auctioneer(parts, awards)),
      ...numbered('solver', SOLVERS).map((id) => member(id, solver(id))),
      ...numbered('user', USERS).map((id, index) => member(id, user(parts, index * ORDERS_EACH))),
      ...(hasIdleNode ? [member(asNodeId('idle'), () => ({}))] : []),
    ],
    ...(isObserved ? { observers } : {}),
  })
  const slices = isObserved ? 7 : 1
  for (let slice = 1; slice < slices; slice += 1) {
    simulation.run(GENESIS_MS + Math.floor((DURATION_MS * slice) / slices))
  }
  const { traceDigest, events, messages } = simulation.run(GENESIS_MS + DURATION_MS)
  if (awards.length < ORDERS_EACH) throw new Error(`Only ${awards.length} auctions took place.`)
  if (isObserved && seen.size < 3) throw new Error('An observer saw nothing.')
  return { traceDigest, events, messages, awards }
}

const SILENT: Log<AuctionVocabulary> = { event: () => {}, text: () => {} }

function numbered(stem: string, count: number): NodeId[] {
  return Array.from({ length: count }, (_, index) => asNodeId(`${stem}-${index + 1}`))
}

type Behave = (ports: Ports<AuctionVocabulary>) => Behaviour

interface Behaviour {
  readonly onStart?: () => void
  readonly onMessage?: (inbound: Inbound<AuctionVocabulary>) => Verdict
  readonly onTimer?: (timer: TimerId) => void
}

function nodeOf({ onStart, onMessage, onTimer }: Behaviour): Node<AuctionVocabulary> {
  return {
    start: () => onStart?.(),
    stop: () => {},
    onMessage: (inbound) => onMessage?.(inbound) ?? 'accept',
    onTimer: (timer) => onTimer?.(timer),
    snapshot: () => new Uint8Array(0),
    restore: () => {},
  }
}

const user =
  (parts: AuctionParts, firstOrder: number): Behave =>
  ({ rng, timers, transport, log }) => {
    const arrivals = rng.stream('arrivals')
    const values = rng.stream('values')
    let next = 0
    const wait = () => void timers.set(Math.ceil(arrivals.exponential(MEAN_GAP_MS)))
    return {
      onStart: wait,
      onTimer: () => {
        const order = firstOrder + next
        log.event({ kind: 'signed', order })
        transport.publish('orders', { type: 'order', order, value: parts.orderValue(values) })
        next += 1
        if (next < ORDERS_EACH) wait()
      },
    }
  }

/** Offers are coarse, so that ties are frequent. */
const solver =
  (id: NodeId): Behave =>
  ({ rng, transport, log }) => {
    const margins = rng.stream('margins')
    const account = asAddress(keccakHex(new TextEncoder().encode(id)).slice(0, 42))
    let won = 0
    return {
      onStart: () => {
        transport.subscribe('orders')
        transport.subscribe('awards')
      },
      onMessage: (inbound) => {
        if (inbound.via !== 'gossip') return 'ignore'
        const { message } = inbound
        if (message.type === 'award') {
          if (message.winner === account) won += 1
          return 'accept'
        }
        if (message.type !== 'order') return 'ignore'
        const { order, value } = message
        log.event({ kind: 'quoted', order })
        // Who has won more asks for more: a wrong winner changes the bids that follow.
        const outputAmount = BigInt(Math.floor(value * 100)) * 100n - BigInt(margins.int(3) + (won % 5))
        const bid = {
          solver: account,
          outputAmount,
          bidHash: hashCanonical({ order, account, outputAmount }),
        }
        transport.send(AUCTIONEER, { type: 'bid', order, bid })
        return 'accept'
      },
    }
  }

const auctioneer =
  (parts: AuctionParts, awards: string[]): Behave =>
  ({ timers, transport, log }) => {
    const books = new Map<number, SealedBid[]>()
    const closings = new Map<TimerId, number>()
    return {
      onMessage: (inbound) => {
        if (inbound.via !== 'direct' || inbound.message.type !== 'bid') return 'ignore'
        const { order, bid } = inbound.message
        const book = books.get(order)
        if (book !== undefined) book.push(bid)
        else {
          books.set(order, [bid])
          closings.set(timers.set(AUCTION_MS), order)
        }
        return 'accept'
      },
      onTimer: (timer) => {
        const order = closings.get(timer)
        if (order === undefined) return
        const winner = parts.winner(books.get(order) ?? [], 0n)
        books.set(order, [])
        if (winner === null) return
        log.event({ kind: 'awarded', order })
        awards.push(`${order} ${winner.solver} ${winner.outputAmount}`)
        transport.publish('awards', {
          type: 'award',
          order,
          winner: winner.solver,
          output: winner.outputAmount,
        })
      },
    }
  }
