// The user node: one account that signs orders by a plan, and on an operator's word, and follows them to their end.
import type { Inbound, Node, Ports, TimerId, Verdict } from '@solvent/ports'
import {
  type ChainId,
  decodeCanonical,
  encodeCanonical,
  isSolventError,
  type NodeId,
  type OrderId,
  secondsToMs,
} from '@solvent/primitives'
import type {
  Block,
  ControlReply,
  NetworkSpec,
  OrderIntent,
  PriceBook,
  SolventVocabulary,
} from '@solvent/protocol'
import { createChainAccount } from '../parts/chain-account.ts'
import { controlRequest, nodeStatus } from '../parts/node-status.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import { createOrderDesk } from './order-desk.ts'
import type { OrderFlow } from './order-flow.ts'
import { type PlanContext, type PlannedOrder, planExplicit, planOrders } from './order-plan.ts'
import {
  auctionedOrder,
  dividedOrder,
  momentsOf,
  openOrder,
  quotedOrder,
  type TermsContext,
} from './order-terms.ts'
import { FIRST_OPERATOR_INDEX, PlanKeeper } from './plan-keeper.ts'
import { createQuoteDesk } from './quote-desk.ts'
import { standing } from './tracked-order.ts'

export interface UserInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  /** What the user thinks things are worth. */
  readonly prices: PriceBook
  readonly flow: OrderFlow
}

export type UserPorts = Omit<Ports<SolventVocabulary>, 'execution'>

/** Orders of operators, at most. */
const MAX_OPERATOR_ORDERS = 10_000

/**
 * Makes a user. Its first `start` throws E_FLOW or E_UNKNOWN_SYMBOL when the flow names what the network or the price
 * book does not have.
 */
export function createUser(init: UserInit): (ports: UserPorts) => Node<SolventVocabulary> {
  return (ports) => {
    const { spec, prices, flow, node } = init
    const { clock, transport } = ports
    const planContext: PlanContext = { spec, prices, node, rng: ports.rng }
    const terms: TermsContext = { spec, flow, user: ports.signer.address }
    const chains = chainsOf(flow, spec)
    const plan = new PlanKeeper(ports.store)
    const timers = createTimerTable<'launch'>(ports.timers)
    const operators = new Map<number, (reply: ControlReply) => void>()
    let schedule: PlannedOrder[] = []

    const { follower, sender } = createChainAccount(
      { spec, chains, onBlock, onOrphaned, onIncluded: (inclusion) => desk.onIncluded(inclusion) },
      ports,
    )
    const desk = createOrderDesk(
      {
        spec,
        sender: () => sender,
        cancelAtMs: (nonce) => plan.find(Number(nonce))?.cancelAtMs ?? null,
        onSigned: (orderId, { nonce }) => answerOperator(Number(nonce), { kind: 'sent', orderId }),
      },
      ports,
    )

    /** The best quote is named in the order; without one the chain takes the first valid fill. */
    const quotes = createQuoteDesk(
      {
        spec,
        flow,
        user: terms.user,
        onChosen: (planned, best) =>
          desk.sign(best === null ? openOrder(planned, terms) : quotedOrder(planned, terms, best)),
      },
      ports,
    )

    function onBlock(block: Block): void {
      sender.onBlock(block)
      desk.onBlock(block)
    }

    /** The same transactions, with the same nonces, are handed in again: an order cannot be opened twice by it. */
    function onOrphaned(block: Block): void {
      desk.onOrphaned(block)
    }

    function answerOperator(index: number, reply: ControlReply): void {
      operators.get(index)?.(reply)
      operators.delete(index)
    }

    /** One timer for the next order of the schedule. */
    function planNext(): void {
      const next = schedule[0]
      if (next !== undefined) timers.setAt(next.scheduledMs, 'launch')
    }

    function launchDue(): void {
      for (
        let next = schedule[0];
        next !== undefined && next.scheduledMs <= clock.nowMs();
        next = schedule[0]
      ) {
        schedule.shift()
        launch(next)
      }
      planNext()
    }

    /** Begins an order; one whose time has passed while the node was down is left out. */
    function launch(planned: PlannedOrder): void {
      if (desk.hasSigned(BigInt(planned.index))) return
      const { closesAt, fillDeadline } = momentsOf(planned, flow)
      const lastMs = secondsToMs(planned.award === 'auctioneer' ? closesAt : fillDeadline)
      if (clock.nowMs() > lastMs) {
        ports.meter.count('orders-missed')
        return answerOperator(planned.index, { kind: 'refused', reason: 'expired' })
      }
      if (planned.award === 'auctioneer') desk.sign(auctionedOrder(planned, terms))
      else if (planned.award === 'chain') desk.sign(openOrder(planned, terms))
      else if (planned.award === 'parts') desk.sign(dividedOrder(planned, terms))
      else quotes.ask(planned, secondsToMs(closesAt))
    }

    function onRequest(inbound: Extract<Inbound<SolventVocabulary>, { via: 'request' }>): Verdict {
      const { message, replyTo } = inbound
      if (message.type === 'order-request') {
        const orders = message.body.orderIds.flatMap((orderId) => desk.find(orderId)?.signed ?? [])
        transport.reply(replyTo, { type: 'orders', body: { orders } })
        return 'accept'
      }
      const request = controlRequest(spec, ports, inbound, follower)
      if (request === null) return 'ignore'
      if (request === 'answered') return 'accept'
      const { control, answer } = request
      if (control.kind === 'status') {
        answer({ kind: 'status', status: nodeStatus('user', summary(), follower.view, chains, ports) })
      } else if (control.kind === 'order-status') {
        const found = desk.find(control.orderId as OrderId)
        answer({
          kind: 'order',
          ...(found === undefined ? { state: 'unknown', detail: 'no order of this user' } : standing(found)),
        })
      } else if (control.kind === 'send-order') {
        sendOrder(control.intent, answer)
      } else {
        answer({ kind: 'refused', reason: 'not-served' })
      }
      return 'accept'
    }

    /** An operator's order is planned for the present moment; the answer comes when it is signed and out. */
    function sendOrder(intent: OrderIntent, answer: (reply: ControlReply) => void): void {
      const index = plan.nextOperatorIndex
      const prover = proverFor(flow, spec, intent)
      if (index >= FIRST_OPERATOR_INDEX + MAX_OPERATOR_ORDERS)
        return answer({ kind: 'refused', reason: 'too-many-orders' })
      if (prover === null || !chains.includes(intent.origin) || !chains.includes(intent.destination)) {
        return answer({ kind: 'refused', reason: 'no-route' })
      }
      const order = { ...intent, atMs: clock.nowMs() - spec.genesisMs, prover, cancelAfterSeconds: null }
      const planned = tryPlan(() => planExplicit(order, index, planContext))
      if (planned === null) return answer({ kind: 'refused', reason: 'unknown-symbol' })
      plan.add(planned)
      operators.set(index, answer)
      launch(planned)
    }

    function summary(): string {
      const states = [...desk.counts()].map(([state, count]) => `${count} ${state}`)
      return [`${schedule.length} to come`, ...states].join(', ')
    }

    return {
      start() {
        plan.open(() => planOrders(flow, planContext))
        follower.start()
        desk.start()
        sender.start()
        schedule = plan.bySchedule().filter(({ index }) => !desk.hasSigned(BigInt(index)))
        planNext()
      },
      stop() {},
      onMessage(inbound) {
        if (inbound.via === 'store' && desk.onStore(inbound.ticket)) return 'accept'
        if (sender.onMessage(inbound)) return 'accept'
        if (quotes.onMessage(inbound)) return 'accept'
        if (inbound.via === 'request') return onRequest(inbound)
        return follower.onMessage(inbound) ?? 'ignore'
      },
      onTimer(timer: TimerId) {
        if (timers.take(timer) !== undefined) launchDue()
        else if (!quotes.onTimer(timer) && !desk.onTimer(timer) && !sender.onTimer(timer))
          follower.onTimer(timer)
      },
      // The plan, the orders and the transactions are in the store; what became of them is read from blocks again.
      snapshot: () => encodeCanonical({ version: 1 }),
      restore: (bytes) => void decodeCanonical(bytes),
    }
  }
}

/** The chains that the flow touches; all of the network's when it names none. */
function chainsOf(flow: OrderFlow, spec: NetworkSpec): ChainId[] {
  const named = [...flow.pairs, ...flow.orders].flatMap(({ origin, destination }) => [origin, destination])
  const all = spec.chains.map(({ chainId }) => chainId)
  return named.length === 0 ? all : all.filter((chainId) => named.includes(chainId))
}

/** The bridge that proves fills of an operator's order: that of a like pair, else the network's first. */
function proverFor(flow: OrderFlow, spec: NetworkSpec, { origin, destination }: OrderIntent) {
  const pair = flow.pairs.find((each) => each.origin === origin && each.destination === destination)
  return pair?.prover ?? spec.bridges[0]?.address ?? null
}

function tryPlan(make: () => PlannedOrder): PlannedOrder | null {
  try {
    return make()
  } catch (error) {
    if (isSolventError(error, 'E_FLOW') || isSolventError(error, 'E_UNKNOWN_SYMBOL')) return null
    throw error
  }
}
