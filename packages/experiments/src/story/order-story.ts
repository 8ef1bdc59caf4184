// What happened to one order, and why it ended as it did: from the tables of a run alone.
import { nearestName, SolventError } from '@solvent/primitives'
import type { ResultsQuery } from '../store/query-results.ts'
import { type AnsweredOrder, answerOf } from './order-answer.ts'
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
 * @throws SolventError E_USAGE when no order or more than one is named so, or when these are the results of a sweep
 */
export async function orderStory(results: ResultsQuery, named: string): Promise<OrderStory> {
  if (!results.tables.includes('orders')) throw notOneRun(results)
  const order = await orderNamed(results, named)
  const id = quoted(String(order.order_id))
  const events = await objects(
    results,
    `SELECT at_ms, node, kind, payload FROM events WHERE order_id = '${id}' ORDER BY seq`,
  )
  const recorded = events.map(({ at_ms, node, kind, payload }) => ({
    atMs: Number(at_ms),
    node: String(node),
    kind: String(kind),
    payload: JSON.parse(String(payload)) as Readonly<Record<string, unknown>>,
  }))
  return {
    label: String(order.label),
    orderId: String(order.order_id),
    end: String(order.end),
    answer: answerOf(
      factsOf(order),
      recorded.map(({ node, kind, payload: { reason } }) => ({
        node,
        kind,
        reason: typeof reason === 'string' ? reason : null,
      })),
      'when the run ended',
    ),
    steps: recorded.flatMap(({ atMs, node, kind, payload }) => {
      const what = toldStep(kind, payload)
      return what === null ? [] : [{ atMs, node, what }]
    }),
  }
}

type Row = Readonly<Record<string, unknown>>

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

function factsOf(order: Row): AnsweredOrder {
  const text = (value: unknown) => (value === null ? null : String(value))
  const time = (value: unknown) => (value === null ? null : Number(value))
  return {
    end: String(order.end),
    winner: text(order.winner ?? order.filler),
    bids: Number(order.bids),
    receivable: text(order.receivable),
    isStolen: order.is_stolen === true,
    bridge: String(order.bridge),
    originChain: String(order.origin_chain),
    signedMs: time(order.signed_ms),
    awardedMs: time(order.awarded_ms),
    filledMs: time(order.filled_ms),
    claimedMs: time(order.claimed_ms),
  }
}

async function objects(results: ResultsQuery, sql: string): Promise<Row[]> {
  const { columns, rows } = await results.run(sql)
  return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])))
}

const quoted = (text: string): string => text.replaceAll("'", "''")

function notOneRun({ tables }: ResultsQuery): SolventError {
  return new SolventError({
    code: 'E_USAGE',
    message: 'These are no results of one run.',
    details: { tables: tables.join(', ') },
    hint: 'Of a sweep, play the run again first: solvent replay DIR RUN --out DIR; then explain that.',
  })
}
