// What happened to one order, and why it ended as it did: from the tables of a run alone.
import { nearestName, SolventError } from '@solvent/primitives'
import type { ResultsQuery } from '../store/query-results.ts'
import { toldStep } from './story-step.ts'

export interface OrderStory {
  readonly label: string
  readonly orderId: string
  readonly end: string
  /** One or two sentences. */
  readonly answer: string
  /** In the order in which it happened. */
  readonly steps: readonly StoryStep[]
}

export interface StoryStep {
  /** Virtual ms since the start. */
  readonly atMs: number
  readonly node: string
  readonly what: string
}

/**
 * The story of an order.
 *
 * @param named its label (`retail/12`), or the beginning of its id, at least six characters
 * @throws SolventError E_USAGE when no order or more than one is named so
 */
export async function orderStory(results: ResultsQuery, named: string): Promise<OrderStory> {
  const order = await orderNamed(results, named)
  const id = quoted(String(order.order_id))
  const events = await objects(
    results,
    `SELECT at_ms, node, kind, payload FROM events WHERE order_id = '${id}' ORDER BY seq`,
  )
  const steps = events.flatMap((event) => {
    const what = toldStep(String(event.kind), JSON.parse(String(event.payload)) as Payload)
    return what === null ? [] : [{ atMs: Number(event.at_ms), node: String(event.node), what }]
  })
  const declines = await objects(
    results,
    `SELECT reason, count(*) AS n, string_agg(solver, ', ' ORDER BY solver) AS who FROM declines WHERE order_id = '${id}' GROUP BY reason ORDER BY n DESC, reason`,
  )
  return {
    label: String(order.label),
    orderId: String(order.order_id),
    end: String(order.end),
    answer: answerOf(order, { declines, events }),
    steps,
  }
}

type Row = Readonly<Record<string, unknown>>
type Payload = Readonly<Record<string, unknown>>

async function orderNamed(results: ResultsQuery, named: string): Promise<Row> {
  const isId = /^0x[0-9a-f]{4,64}$/i.test(named)
  const found = await objects(
    results,
    isId
      ? `SELECT * FROM orders WHERE starts_with(order_id, '${named.toLowerCase()}') ORDER BY label LIMIT 3`
      : `SELECT * FROM orders WHERE label = '${quoted(named)}' LIMIT 3`,
  )
  if (found.length === 1) return found[0]!
  const labels = await objects(results, 'SELECT label FROM orders ORDER BY label')
  const near = nearestName(
    named,
    labels.map(({ label }) => String(label)),
  )
  throw new SolventError({
    code: 'E_USAGE',
    message: found.length === 0 ? 'There is no such order.' : 'More than one order begins like this.',
    details: { got: named, orders: labels.length, first: labels[0]?.label },
    hint: near === undefined ? 'Name an order by its label, or by its id.' : `Did you mean ${near}?`,
  })
}

interface Circumstances {
  readonly declines: readonly Row[]
  readonly events: readonly Row[]
}

function answerOf(order: Row, { declines, events }: Circumstances): string {
  const seconds = (from: unknown, to: unknown): string =>
    `${((Number(to) - Number(from)) / 1_000).toFixed(1)} s`
  const winner = String(order.winner ?? order.filler ?? 'a solver')
  const { end, filled_ms: filled, signed_ms: signed } = order
  if (order.is_stolen === true)
    return `A false proof took its escrow: ${filled === null ? 'nobody had filled it' : `${winner} had filled it and was not paid`}.`
  if (filled !== null && order.receivable === 'stranded')
    return `${winner} filled it ${seconds(signed, filled)} after it was signed, but no proof of ${String(order.bridge)} reached ${String(order.origin_chain)} in time${end === 'refunded' ? '; the user was refunded, and the solver bears the loss' : ''}.`
  if (filled !== null && end === 'settled')
    return `${winner} filled it ${seconds(signed, filled)} after it was signed, and was paid ${order.claimed_ms === null ? 'later' : `${seconds(filled, order.claimed_ms)} after that`}.`
  if (filled !== null)
    return `${winner} filled it ${seconds(signed, filled)} after it was signed; its claim is ${String(order.receivable)} at the end of the run.`
  const reasons = { refusals: refusalsIn(events), declines }
  if (Number(order.bids) === 0) return `It was not filled: ${unwanted(order, reasons)}.`
  return `It was not filled: ${winner} won it among ${String(order.bids)} bids and ${undelivered(order, events)}.`
}

/** Why nobody was to fill it. */
function unwanted(
  { end, awarded_ms: awarded }: Row,
  { refusals, declines }: { readonly refusals: readonly string[]; readonly declines: readonly Row[] },
): string {
  const why = declines.map(
    ({ reason, n, who }) => `${String(n)} because of ${String(reason)} (${String(who)})`,
  )
  const reasons = [
    ...(refusals.length === 0 ? [] : [`refused by ${refusals.join(', ')}`]),
    why.length > 0 ? `solvers declined: ${why.join('; ')}` : 'no solver said why',
  ].join('; ')
  const what =
    end === 'cancelled'
      ? 'its user cancelled it before anyone had won it'
      : awarded !== null
        ? 'nobody bid'
        : end === 'pending'
          ? 'no auction had closed when the run ended'
          : 'its time was over before an auction had closed'
  return `${what}; ${reasons}`
}

/** Why its winner did not. */
function undelivered({ end, winner }: Row, events: readonly Row[]): string {
  const ofWinner = events.filter(({ node }) => node === winner)
  const freed = ofWinner.findLast(({ kind }) => kind === 'inventory-released')
  const why = freed === undefined ? '' : (FREED[String(reasonOf(freed))] ?? '')
  const faded = events.some(({ kind }) => kind === 'award-faded')
    ? '; the auctioneer saw it let its exclusive time pass'
    : ''
  if (end === 'rejected') return `never opened its escrow${why}${faded}`
  if (end === 'pending') return `had not delivered when the run ended${why}${faded}`
  if (end === 'cancelled') return `had not delivered when its user cancelled it${why}${faded}`
  const back = end === 'refunded' ? '; the user got the money back' : '; nothing had been taken from the user'
  return `did not deliver in time${why}${faded}${back}`
}

/** By why the winner freed what it had set aside. */
const FREED: Readonly<Record<string, string>> = {
  failed: ': its transaction failed',
  expired: ': its time was over first',
  restart: ': it was started again in between',
  lost: ': it thought that it had lost',
}

function refusalsIn(events: readonly Row[]): string[] {
  return events
    .filter(({ kind }) => kind === 'order-refused')
    .map((event) => `${String(event.node)} (${String(reasonOf(event))})`)
}

const reasonOf = ({ payload }: Row): unknown => (JSON.parse(String(payload)) as Payload).reason

async function objects(results: ResultsQuery, sql: string): Promise<Row[]> {
  const { columns, rows } = await results.run(sql)
  return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])))
}

const quoted = (text: string): string => text.replaceAll("'", "''")
