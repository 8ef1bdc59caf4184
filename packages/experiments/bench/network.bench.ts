/**
 * The whole network in the simulator: twenty nodes gossip, auction and settle orders on four chains while the watcher
 * audits every block; stand-in signatures over EIP-712 digests, trace digest on. A message is a transmission that
 * arrived: each copy of gossip, each request and reply. The yardstick is a flood of copies between twenty nodes in one
 * loop over typed arrays, run in turn with it.
 */
import { assemble } from '@solvent/experiments'
import { createBareFlood } from '../../runtime-sim/bench/bare-flood.ts'
import { simulate } from '../src/run/simulate.ts'
import { networkScenario } from './network-scenario.ts'

export const name = 'network: twenty nodes with auctions, settlement and invariants'

const ROUNDS = 5
const NODES = 20
const LOAD = { orders: 1_500, durationSeconds: 6_000 }
const GOALS = { messages: 500_000, orders: 2_000 }
const FLOODS = 200

export function run(): void {
  const { scenario, hash } = networkScenario(LOAD)
  const yardstick = createBareFlood(NODES, 6, 10, 60)
  const publishers = Array.from({ length: FLOODS }, (_, index) => index % NODES)
  const rates: Record<'messages' | 'orders' | 'bare', number[]> = { messages: [], orders: [], bare: [] }
  let each = { messages: 0, orders: 0, heapMb: 0 }
  for (let round = -1; round < ROUNDS; round++) {
    const bare = rateOf(() => yardstick.flood(publishers))
    const plan = assemble({ scenario, hash, seed: round + 2, signatures: 'stand-in' })
    const begin = performance.now()
    const { report, result } = simulate({ plan, codec: 'objects', links: {} })
    const seconds = (performance.now() - begin) / 1_000
    if (report.counts.settled < 0.99 * LOAD.orders) throw new Error('the network did not settle its orders')
    each = {
      messages: result.messages,
      orders: report.counts.settled,
      heapMb: process.memoryUsage().heapUsed / 1e6,
    }
    if (round < 0) continue
    rates.bare.push(bare)
    rates.messages.push(result.messages / seconds)
    rates.orders.push(report.counts.settled / seconds)
  }
  const [messages, orders, bare] = [rates.messages, rates.orders, rates.bare].map(median) as [
    number,
    number,
    number,
  ]
  console.log(
    `medians of ${ROUNDS} rounds; a round: ${count(each.orders)} orders settled, ${count(each.messages)} messages, ` +
      `${Math.round(each.messages / each.orders)} an order`,
  )
  console.table([
    { what: 'messages a second', measured: count(messages), goal: verdict(messages, GOALS.messages) },
    { what: 'orders a second', measured: count(orders), goal: verdict(orders, GOALS.orders) },
    { what: 'bare loop, copies a second', measured: count(bare), goal: '' },
    { what: 'messages of the bare loop', measured: `${((100 * messages) / bare).toFixed(1)} %`, goal: '' },
    { what: 'heap in use after a round', measured: `${Math.round(each.heapMb)} MB`, goal: '' },
  ])
}

/** Copies a second of some floods in a row. */
function rateOf(flood: () => number): number {
  const begin = performance.now()
  let copies = 0
  while (performance.now() - begin < 200) copies += flood()
  return (1_000 * copies) / (performance.now() - begin)
}

function verdict(measured: number, goal: number): string {
  return `${count(goal)} ${measured >= goal ? 'met' : 'missed'}`
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((p, q) => p - q)
  return sorted[sorted.length >> 1]!
}
