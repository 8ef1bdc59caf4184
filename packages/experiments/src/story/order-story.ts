// What happened to one order, and why it ended as it did: from the tables of a run alone.
import { nearestName, SolventError } from '@solvent/primitives'
import type { ResultsQuery } from '../store/query-results.ts'

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
    const what = told(String(event.kind), JSON.parse(String(event.payload)) as Payload)
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
    answer: answerOf(order, declines),
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

/** Null: no step that a reader looks for. */
function told(kind: string, payload: Payload): string | null {
  switch (kind) {
    case 'order-signed':
      return 'signs the order'
    case 'order-accepted':
      return 'accepts it for auction'
    case 'bid-declined':
      return `does not bid: ${String(payload.reason)}`
    case 'bid-placed':
      return `bids ${String(payload.outputAmount)}`
    case 'inventory-reserved':
      return `sets ${String(payload.amount)} aside for its ${String(payload.reason)}`
    case 'inventory-released':
      return `takes ${String(payload.amount)} back: ${String(payload.reason)}`
    case 'auction-closed': {
      const { bids } = payload.award as { bids: readonly unknown[] }
      return bids.length === 0
        ? 'closes the auction without a bid'
        : `closes the auction with ${bids.length} bids`
    }
    case 'receivable':
      return RECEIVABLE[String(payload.state)] ?? `its claim is ${String(payload.state)}`
    case 'commitment':
      return null
    default:
      return kind.replaceAll('-', ' ')
  }
}

const RECEIVABLE: Readonly<Record<string, string>> = {
  held: 'has filled it, and holds a claim on the escrow',
  attested: 'sees its fill attested',
  proven: 'sees its fill proven on the origin chain',
  claimed: 'is paid out of the escrow',
  stranded: 'will not be paid: the claim is stranded',
  sold: 'has sold its claim',
}

function answerOf(order: Row, declines: readonly Row[]): string {
  const seconds = (from: unknown, to: unknown): string =>
    `${((Number(to) - Number(from)) / 1_000).toFixed(1)} s`
  const winner = String(order.winner ?? order.filler ?? 'a solver')
  const { end, filled_ms: filled, awarded_ms: awarded, signed_ms: signed } = order
  if (order.is_stolen === true)
    return `A false proof took its escrow: ${filled === null ? 'nobody had filled it' : `${winner} had filled it and was not paid`}.`
  if (filled !== null && order.receivable === 'stranded')
    return `${winner} filled it ${seconds(signed, filled)} after it was signed, but no proof of ${String(order.bridge)} reached ${String(order.origin_chain)} in time${end === 'refunded' ? '; the user was refunded, and the solver bears the loss' : ''}.`
  if (filled !== null && end === 'settled')
    return `${winner} filled it ${seconds(signed, filled)} after it was signed, and was paid ${order.claimed_ms === null ? 'later' : `${seconds(filled, order.claimed_ms)} after that`}.`
  if (filled !== null)
    return `${winner} filled it ${seconds(signed, filled)} after it was signed; its claim is ${String(order.receivable)} at the end of the run.`
  if (Number(order.bids) === 0) return unwanted(awarded, declines)
  return `It was not filled: ${winner} won it among ${String(order.bids)} bids and ${end === 'rejected' ? 'never opened its escrow' : 'did not deliver'} (${String(end)}).`
}

function unwanted(awarded: unknown, declines: readonly Row[]): string {
  const why = declines.map(
    ({ reason, n, who }) => `${String(n)} because of ${String(reason)} (${String(who)})`,
  )
  const reasons = why.length === 0 ? 'no solver said why' : `solvers declined: ${why.join('; ')}`
  return awarded === null
    ? `It was not filled: no auction had closed when the run ended; ${reasons}.`
    : `It was not filled: nobody bid; ${reasons}.`
}

async function objects(results: ResultsQuery, sql: string): Promise<Row[]> {
  const { columns, rows } = await results.run(sql)
  return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])))
}

const quoted = (text: string): string => text.replaceAll("'", "''")
