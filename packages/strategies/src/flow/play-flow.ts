// Plays a flow of orders through a mechanism with a strategy for each bidder, order by order: the exact repeated auction, in which any
// mechanism and any strategy of the registries can meet. (The laboratory in packages/collusion has faster loops for the learners.)
import {
  createMechanism,
  type Discipline,
  type MechanismConfig,
  type Offer,
  type Payment,
  underDisciplines,
} from '@solvent/mechanisms'
import { mulDivFloor } from '@solvent/primitives'
import type { Tender, TenderOutcome } from '../tender/tender.ts'
import { conductOf, createTenderStrategy, type TenderStrategyConfig } from '../tender/tender-strategies.ts'
import type { Conduct, TenderStrategy } from '../tender/tender-strategy.ts'
import { type FlowOrder, flowDraw } from './order-flow.ts'

export interface FlowGame {
  readonly mechanism: MechanismConfig
  readonly strategies: ReadonlyMap<string, TenderStrategyConfig>
  readonly seed: number
  /** Whether bids are revealed after each tender. */
  readonly revealsBids: boolean
  /** Chance that the shield of an order leaks, and who then sees rivals' bids before its own is due. */
  readonly shield?: { readonly leakPpm: number; readonly leaksTo: readonly string[] }
  /** Rules about who may bid and what fading costs; 1 period is so many seconds to them. */
  readonly disciplines?: readonly Discipline[]
  readonly periodSeconds?: number
}

/** One tender as it was played, with what is true about it. */
export interface PlayedTender {
  readonly order: FlowOrder
  readonly bids: ReadonlyMap<string, number>
  readonly winner: string | null
  /** What the user pays, in parts of the value; the reserve when nobody fills. */
  readonly paid: number
  readonly winnerCost: number | null
  readonly faded: readonly string[]
  readonly payments: readonly Payment[]
  /** What ring members owe each other for it. */
  readonly sidePayments: readonly { readonly from: string; readonly to: string; readonly part: number }[]
}

export interface PlayedFlow {
  readonly tenders: readonly PlayedTender[]
  readonly labels: ReadonlyMap<string, { readonly conduct: Conduct; readonly ring: readonly string[] }>
}

const PARTS = 1_000_000_000_000n
const PPM = 1_000_000

/** Plays every order in turn. */
export function playFlow(orders: readonly FlowOrder[], game: FlowGame): PlayedFlow {
  const players = new Map(
    [...game.strategies].map(([bidder, config]) => [bidder, createTenderStrategy(config)]),
  )
  return {
    tenders: orders.map((order) => playTender(order, game, players)),
    labels: new Map(
      [...game.strategies].map(([bidder, { kind, ring = [] }]) => [
        bidder,
        { conduct: conductOf(kind), ring },
      ]),
    ),
  }
}

function playTender(
  order: FlowOrder,
  game: FlowGame,
  players: ReadonlyMap<string, TenderStrategy>,
): PlayedTender {
  const bids = collectBids(order, game, players)
  const offers = [...bids].map(([bidder, price]) => offerOf(order, bidder, price, players, game))
  const lot = {
    id: order.id,
    pair: order.market.asset,
    reserve: outputAt(order.value, order.reserve),
    start: order.value,
    attemptCost: 0n,
    exclusive: null,
  }
  const now = order.time * (game.periodSeconds ?? 1)
  const disciplines = game.disciplines ?? []
  const mechanism = underDisciplines(createMechanism(game.mechanism), disciplines, now)
  const { awards, dropped, payments } = mechanism.clear({ lots: [lot], offers })
  const award = awards[0]
  // A winner that fades delivers nothing where the rule itself gives the order to nobody else.
  const isFilled = award !== undefined && !award.offer.fades
  const faded = [
    ...dropped.filter(({ reason }) => reason === 'faded').map(({ offer }) => offer.bidder),
    ...(award?.offer.fades ? [award.offer.bidder] : []),
  ]
  const penalties: Payment[] = []
  const settle = (bidder: string, isFaded: boolean) => {
    for (const discipline of disciplines)
      penalties.push(
        ...discipline.record({ lot: order.id, bidder, isFaded, amount: order.value, dueSeconds: now }),
      )
  }
  for (const bidder of faded) settle(bidder, true)
  if (isFilled) settle(award.offer.bidder, false)
  const winner = isFilled ? award.offer.bidder : null
  const paid = isFilled ? priceOf(order.value, award.amount) : order.reserve
  const outcome = outcomeOf(order, game, { winner, paid, bids, faded })
  for (const player of players.values()) player.learn?.(outcome)
  return {
    order,
    bids,
    winner,
    paid,
    winnerCost: winner === null ? null : (order.costs.get(winner) ?? null),
    faded,
    payments: [...payments, ...penalties],
    sidePayments:
      winner === null
        ? []
        : (players.get(winner)?.owes?.(outcome) ?? []).map(({ to, part }) => ({ from: winner, to, part })),
  }
}

/** Sealed first; then those to whom the shield leaks, who have seen the others. */
function collectBids(
  order: FlowOrder,
  game: FlowGame,
  players: ReadonlyMap<string, TenderStrategy>,
): Map<string, number> {
  const { shield, seed } = game
  const isLeaky = shield !== undefined && flowDraw(seed, `leak/${order.id}`) * PPM < shield.leakPpm
  const insiders = isLeaky ? shield.leaksTo : []
  const bids = new Map<string, number>()
  const ask = (bidder: string, leaked: ReadonlyMap<string, number> | null) => {
    const price = players.get(bidder)?.bid(tenderOf(order, game, bidder, leaked)) ?? null
    if (price !== null) bids.set(bidder, price)
  }
  for (const bidder of players.keys()) if (!insiders.includes(bidder)) ask(bidder, null)
  for (const bidder of insiders) ask(bidder, new Map(bids))
  return bids
}

function tenderOf(
  order: FlowOrder,
  game: FlowGame,
  self: string,
  leaked: ReadonlyMap<string, number> | null,
): Tender {
  const ring = game.strategies.get(self)?.ring ?? []
  let draws = 0
  return {
    id: order.id,
    time: order.time,
    rule: game.mechanism.rule,
    self,
    bidders: [...game.strategies.keys()],
    market: order.market,
    cost: order.costs.get(self) ?? 0,
    reserve: order.reserve,
    told: ring.length === 0 ? null : new Map(ring.map((member) => [member, order.costs.get(member) ?? 0])),
    leaked,
    draw: () => flowDraw(game.seed, `draw/${order.id}/${self}/${draws++}`),
  }
}

function offerOf(
  order: FlowOrder,
  bidder: string,
  price: number,
  players: ReadonlyMap<string, TenderStrategy>,
  game: FlowGame,
): Offer {
  const player = players.get(bidder)
  const honours = player?.honours === undefined || player.honours(tenderOf(order, game, bidder, null), price)
  return {
    id: `${order.id}/${bidder}`,
    bidder,
    amounts: new Map([[order.id, outputAt(order.value, price)]]),
    delayMs: order.delaysMs.get(bidder) ?? 0,
    fades: !honours,
  }
}

function outcomeOf(
  { id, time, market, reserve }: FlowOrder,
  { mechanism, strategies, revealsBids }: FlowGame,
  decided: {
    readonly winner: string | null
    readonly paid: number
    readonly bids: ReadonlyMap<string, number>
    readonly faded: readonly string[]
  },
): TenderOutcome {
  const { winner, paid, bids, faded } = decided
  return {
    id,
    time,
    rule: mechanism.rule,
    bidders: [...strategies.keys()],
    market,
    reserve,
    winner,
    paid,
    faded,
    prices: revealsBids ? bids : new Map(),
  }
}

/** The output that leaves a part of the value to the solver, rounded down. */
function outputAt(value: bigint, price: number): bigint {
  const kept = BigInt(Math.round(Math.min(1, Math.max(0, price)) * Number(PARTS)))
  return mulDivFloor(value, PARTS - kept, PARTS)
}

function priceOf(value: bigint, output: bigint): number {
  return Number(mulDivFloor(value - output, PARTS, value)) / Number(PARTS)
}
