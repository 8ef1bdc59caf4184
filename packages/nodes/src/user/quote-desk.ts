// Requests for quotes under way: one round for each order, closed when everybody has answered or the window is over.
import type { Inbound, Ports, TimerId } from '@solvent/ports'
import { type Address, MS_PER_SECOND, type NodeId } from '@solvent/primitives'
import type { NetworkSpec, SolventVocabulary } from '@solvent/protocol'
import { createRequestTable } from '../parts/request-table.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import type { OrderFlow } from './order-flow.ts'
import type { PlannedOrder } from './order-plan.ts'
import type { ChosenQuote } from './order-terms.ts'
import { QuoteRound } from './quote-round.ts'

export interface QuoteDeskInit {
  readonly spec: NetworkSpec
  readonly flow: OrderFlow
  readonly user: Address
  /** The round is over; null when no quote was good enough. */
  readonly onChosen: (planned: PlannedOrder, quote: ChosenQuote | null) => void
}

export interface QuoteDesk {
  /** Asks the order's solvers; the round ends at `closesAtMs` (Unix ms) at the latest. */
  ask(planned: PlannedOrder, closesAtMs: number): void
  /** Takes replies and failures that are its own; false for others. */
  onMessage(inbound: Inbound<SolventVocabulary>): boolean
  onTimer(timer: TimerId): boolean
}

/** Makes the desk of one user. */
export function createQuoteDesk(
  { spec, flow, user, onChosen }: QuoteDeskInit,
  ports: Pick<Ports<SolventVocabulary>, 'clock' | 'timers' | 'transport'>,
): QuoteDesk {
  const timers = createTimerTable<number>(ports.timers)
  const requests = createRequestTable<{ readonly index: number; readonly solver: NodeId }>(ports.transport)
  const rounds = new Map<number, { readonly planned: PlannedOrder; readonly round: QuoteRound }>()

  function close(index: number): void {
    const open = rounds.get(index)
    if (open === undefined) return
    rounds.delete(index)
    onChosen(open.planned, open.round.best)
  }

  return {
    ask(planned, closesAtMs) {
      const { index } = planned
      const round = new QuoteRound(planned, flow, spec, user)
      const windowMs = closesAtMs - ports.clock.nowMs()
      rounds.set(index, { planned, round })
      if (round.isComplete || windowMs <= 0) return close(index)
      for (const solver of round.asked.keys()) {
        requests.ask(solver, { type: 'quote-request', body: round.request }, windowMs, { index, solver })
      }
      timers.setAt(closesAtMs, index)
    },
    onMessage(inbound) {
      if (inbound.via !== 'reply' && inbound.via !== 'failure') return false
      const asked = requests.take(inbound.request)
      if (asked === undefined) return false
      const round = rounds.get(asked.index)?.round
      const quote = inbound.via === 'reply' && inbound.message.type === 'quote' ? inbound.message.body : null
      round?.answer(asked.solver, quote, Math.floor(ports.clock.nowMs() / MS_PER_SECOND))
      if (round?.isComplete === true) close(asked.index)
      return true
    },
    onTimer(timer) {
      const index = timers.take(timer)
      if (index === undefined) return false
      close(index)
      return true
    },
  }
}
