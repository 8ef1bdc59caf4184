// The equivalence verdict: did two runs of one scenario come to the same outcomes? Sets of outcomes are compared (who
// won, who filled and what, how orders and receivables ended, who holds what in the end), never timings: no times, no
// block numbers, no order ids (they depend on the moment of signing), no gas (how often a node sent depends on timing).
import { ZERO_ADDRESS } from '@solvent/primitives'
import type { BalanceLine } from './balance-sheet.ts'
import type { OrderOutcome } from './order-outcome.ts'
import type { RunReport } from './run-report.ts'

/** One outcome that differs; `left` and `right` are for people. */
export interface Difference {
  readonly what: string
  readonly left: string
  readonly right: string
}

export interface Comparison {
  readonly equal: boolean
  readonly differences: readonly Difference[]
}

const ABSENT = '-'

/**
 * Compares two runs.
 *
 * @example compareReports(live, simulated).differences // [{ what: 'order alice/3 winner', left: 'atlas', right: 'borealis' }]
 */
export function compareReports(left: RunReport, right: RunReport): Comparison {
  const differences = [
    ...compareTables('order', orderTable(left), orderTable(right)),
    ...compareTables('balance', balanceTable(left), balanceTable(right)),
    ...compareTables('backing', backingTable(left), backingTable(right)),
  ]
  return { equal: differences.length === 0, differences }
}

type Table = ReadonlyMap<string, string>

function compareTables(kind: string, left: Table, right: Table): Difference[] {
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const differences: Difference[] = []
  for (const key of keys) {
    const [a, b] = [left.get(key) ?? ABSENT, right.get(key) ?? ABSENT]
    if (a !== b) differences.push({ what: `${kind} ${key}`, left: a, right: b })
  }
  return differences
}

function orderTable(report: RunReport): Table {
  const table = new Map<string, string>()
  const nameOf = solverNames(report)
  for (const order of report.orders) {
    const { label, winner, filler, outputAmount, end } = order
    table.set(`${label} winner`, winner === null ? ABSENT : nameOf(winner))
    table.set(`${label} filler`, filler === null ? ABSENT : nameOf(filler))
    table.set(`${label} output`, outputAmount === null ? ABSENT : String(outputAmount))
    table.set(`${label} end`, end)
    table.set(`${label} receivable`, receivableEnd(order))
  }
  return table
}

/** How far a pending receivable has come is a matter of timing; that it ended is not. */
function receivableEnd({ receivable }: OrderOutcome): string {
  if (receivable === null) return ABSENT
  return receivable === 'claimed' || receivable === 'stranded' || receivable === 'sold'
    ? receivable
    : 'pending'
}

function balanceTable(report: RunReport): Table {
  const table = new Map<string, string>()
  const labels = new Map(report.orders.map(({ orderId, label }) => [orderId as string, label]))
  const nameOf = solverNames(report)
  for (const line of report.balances) {
    if (isGasAccount(line)) continue
    const owner = line.kind === 'ESCROW' ? (labels.get(line.owner) ?? line.owner) : nameOf(line.owner)
    const amount = line.amount + line.gasPaid
    if (amount !== 0n)
      table.set(`${line.kind} ${owner} of ${line.token} on chain ${line.chainId}`, String(amount))
  }
  return table
}

/** Where paid gas went: to the fire and to producers. */
function isGasAccount({ kind, token }: BalanceLine): boolean {
  return token === ZERO_ADDRESS && (kind === 'BURN' || kind === 'GAS_FEE')
}

function backingTable(report: RunReport): Table {
  return new Map(report.bridges.map(({ id, asset, deficit }) => [`${id}/${asset} deficit`, String(deficit)]))
}

function solverNames(report: RunReport): (address: string) => string {
  const names = new Map(report.solvers.map(({ address, node }) => [address as string, node as string]))
  return (address) => names.get(address) ?? address
}
