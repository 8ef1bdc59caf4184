// What events tell of orders while a network runs, against what its watcher knows of them in the end.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runScenario } from '../../run/run-scenario.ts'
import { loadScenario } from '../../scenario/load-scenario.ts'
import { loggedEvents } from '../../store/logged-events.ts'
import { OrderBoard } from './order-board.ts'

const SCENARIO = join(import.meta.dirname, '../../../../../configs/scenarios/quick.yaml')

it('orders by events alone are those that the watcher reports', async () => {
  const loaded = loadScenario('quick.yaml', readFileSync(SCENARIO))
  const { plan, report, events } = await runScenario({ loaded, seed: 1, runtime: 'sim', nodeProgram: '' })
  const board = new OrderBoard(plan)
  const log = [...loggedEvents(events)]
  for (const event of log.slice(0, log.length / 3)) board.take(event)
  expect(board.orders.some(({ end }) => end === 'pending')).toBe(true)
  for (const event of log.slice(log.length / 3)) board.take(event)
  const known = board.orders.map(({ label, order_id, winner, receivable, filled_ms }) => ({
    label,
    order_id,
    winner,
    receivable: filled_ms === null ? null : receivable,
  }))
  const wanted = report.orders.map(({ label, orderId, winnerNode, receivable }) => ({
    label,
    order_id: orderId,
    winner: winnerNode,
    receivable,
  }))
  expect(wanted.length).toBeGreaterThan(10)
  expect(known.sort((a, b) => (a.order_id < b.order_id ? -1 : 1))).toEqual(
    wanted.sort((a, b) => (a.order_id < b.order_id ? -1 : 1)),
  )
  const paid = board.orders.filter(({ end }) => end === 'settled')
  expect(paid).toHaveLength(report.orders.filter(({ receivable }) => receivable === 'claimed').length)
  for (const { signed_ms, awarded_ms, filled_ms, proven_ms, claimed_ms } of paid) {
    const times = [signed_ms, awarded_ms, filled_ms, proven_ms, claimed_ms]
    expect(times.toSorted((a, b) => a! - b!)).toEqual(times)
  }
})
