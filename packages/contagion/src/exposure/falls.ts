/**
 * Who fell when, by how much and because of whom, over the exposures of a run at successive moments.
 *
 * Each moment is cleared at the face values of that moment (Eisenberg, Noe 2001). A node has fallen at the first moment at
 * which it cannot pay what it owes. Its loss since the last moment before is split by cause: what its debtors pay less than
 * then, what it had to write off, and the rest, which is its own: taken from it, or paid for. Its round is one more than
 * the highest round of those among the causes; who fell by itself fell in round 1.
 */
import type { ClassPayments } from '../clearing/seniority.ts'
import type { BalanceSheets } from './balance-sheets.ts'
import type { ExposureNetwork, ExposureNodeKind } from './exposure-network.ts'
import { asDebt, clearGuaranteed } from './guarantees.ts'

export interface Fall {
  readonly id: string
  readonly kind: ExposureNodeKind
  /** Moment at which it was first seen. */
  readonly atMs: number
  readonly round: number
  /** Of what it owes, what it cannot pay at that moment. */
  readonly shortfall: number
  /** Net worth lost since the last moment at which it stood; at the first moment, of its face value. */
  readonly loss: number
  /** The largest first; names of nodes and operators, `itself` for what no one else caused. Parts below a millionth are left out. */
  readonly causes: readonly FallCause[]
}

export interface FallCause {
  readonly id: string
  readonly amount: number
}

export const ITSELF = 'itself'
const IN_FULL = { alpha: 1, beta: 1 }
/** Of all that a node owes: less is rounding. */
const NEGLIGIBLE = 1e-9
const LEAST_SHARE = 1e-6

/** A moment after clearing. */
interface Moment {
  readonly network: ExposureNetwork
  readonly sheets: BalanceSheets
  readonly placeOf: ReadonlyMap<string, number>
  readonly netWorth: Float64Array
  readonly shortfall: (node: number) => number
  /** Creditor → cause → what is not paid, or was written off. */
  readonly lost: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/**
 * The falls of a run in order of time, then of rounds.
 *
 * @param networks in order of time; a node keeps its name
 * @throws SolventError E_EXPOSURES, E_NO_CONVERGENCE
 * @example fallsOf([before, after]).map(({ id, round }) => [id, round]) // [['bridge/ETH', 1], ['solver', 2]]
 */
export function fallsOf(networks: readonly ExposureNetwork[]): Fall[] {
  const rounds = new Map<string, number>()
  const stood = new Map<string, Moment>()
  const falls: Fall[] = []
  for (const network of networks) {
    const moment = cleared(network)
    const now: Fall[] = []
    for (const [node, { id, kind = 'other' }] of network.nodes.entries()) {
      const shortfall = moment.shortfall(node)
      if (rounds.has(id)) continue
      if (shortfall === 0) {
        stood.set(id, moment)
        continue
      }
      const { loss, causes } = lossOf(id, moment, stood.get(id))
      now.push({ id, kind, atMs: network.atMs ?? 0, round: 0, shortfall, loss, causes })
    }
    falls.push(...inRounds(now, rounds, operatorsOf(network)))
  }
  return falls
}

function cleared(network: ExposureNetwork): Moment {
  const { sheets, cleared: outcome, called } = clearGuaranteed(network, IN_FULL)
  const { netWorth, totalNominal, clearingVector, byClass } = outcome
  const placeOf = new Map(sheets.ids.map((id, place) => [id, place]))
  return {
    network,
    sheets,
    placeOf,
    netWorth,
    shortfall: (node) => {
      const owed = totalNominal[node]!
      const unpaid = owed - clearingVector[node]!
      return unpaid > owed * NEGLIGIBLE ? unpaid : 0
    },
    // What was called is owed like the rest: a guarantor that cannot pay is a cause.
    lost: lossesByCause({ ...network, claims: [...network.claims, ...called.map(asDebt)] }, placeOf, byClass),
  }
}

function lossesByCause(
  { claims, writtenOff = [] }: ExposureNetwork,
  placeOf: ReadonlyMap<string, number>,
  byClass: readonly ClassPayments[],
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const lost = new Map<string, Map<string, number>>()
  const add = (creditor: string, cause: string, amount: number) => {
    if (!(amount > 0)) return
    const causes = lost.get(creditor) ?? new Map<string, number>()
    causes.set(cause, (causes.get(cause) ?? 0) + amount)
    lost.set(creditor, causes)
  }
  const ranks = [...new Set(claims.map(({ seniority = 0 }) => seniority))].sort((a, b) => a - b)
  for (const { debtor, creditor, amount, seniority = 0 } of claims) {
    const paid = byClass[ranks.indexOf(seniority)]?.recoveryRate[placeOf.get(debtor)!]
    if (paid !== undefined && paid < 1) add(creditor, debtor, amount * (1 - paid))
  }
  for (const { node, because, amount } of writtenOff) add(node, because, amount)
  return lost
}

function lossOf(id: string, now: Moment, before: Moment | undefined): Pick<Fall, 'loss' | 'causes'> {
  const worth = ({ placeOf, netWorth }: Moment) => netWorth[placeOf.get(id)!]!
  const start = before === undefined ? now.sheets.faceEquity[now.placeOf.get(id)!]! : worth(before)
  const loss = start - worth(now)
  const earlier = before?.lost.get(id)
  const causes = [...(now.lost.get(id) ?? [])]
    .map(([cause, amount]) => ({ id: cause, amount: amount - (earlier?.get(cause) ?? 0) }))
    .filter(({ amount }) => amount > 0)
  const own = loss - causes.reduce((sum, { amount }) => sum + amount, 0)
  const least = Math.abs(loss) * LEAST_SHARE
  return {
    loss,
    causes: [...causes, { id: ITSELF, amount: own }]
      .filter(({ amount }) => amount > least)
      .sort((a, b) => b.amount - a.amount),
  }
}

/** Those that act: what is lost by them is lost in the round after theirs, which is the first. */
function operatorsOf({ operators = [] }: ExposureNetwork): ReadonlySet<string> {
  return new Set(operators.map(({ id }) => id))
}

/** Falls of one moment in the order of their causes: a round that depends on others of the moment waits for them. */
function inRounds(
  falls: readonly Fall[],
  rounds: Map<string, number>,
  operators: ReadonlySet<string>,
): Fall[] {
  const waiting = new Map(falls.map((fall) => [fall.id, fall]))
  const done: Fall[] = []
  while (waiting.size > 0) {
    const isReady = ({ causes }: Fall) => causes.every(({ id }) => !waiting.has(id))
    const ready = [...waiting.values()].filter(isReady)
    // Those that pull each other down fall together.
    const next = ready.length > 0 ? ready : [...waiting.values()]
    const placed = next.map((fall) => {
      const above = fall.causes.map(({ id }) => rounds.get(id) ?? (operators.has(id) ? 1 : 0))
      return { ...fall, round: 1 + Math.max(0, ...above) }
    })
    for (const fall of placed) {
      rounds.set(fall.id, fall.round)
      waiting.delete(fall.id)
      done.push(fall)
    }
  }
  return done
}
