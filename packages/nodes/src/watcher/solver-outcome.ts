// A solver's balance sheet: equity = holdings + good receivables + own transfers under way - debts, and its profit
// since genesis. Values in the numeraire times 10^8, after the haircut of the loss rule.
import type { AccountBalance } from '@solvent/audit'
import type { Address, NodeId } from '@solvent/primitives'
import { type Genesis, type Party, type ReceivableState, receivableStates } from '@solvent/protocol'
import { isHeldBy, sumOf } from './balance-sheet.ts'
import type { Marks } from './marks.ts'
import type { OrderOutcome } from './order-outcome.ts'
import type { OrderFacts, TransferFacts } from './outcome-book.ts'

export interface ReceivableSum {
  readonly count: number
  /** Value of the escrows that back them. */
  readonly valueE8: bigint
}

export interface SolverOutcome {
  readonly node: NodeId
  readonly address: Address
  readonly initialEquityE8: bigint
  readonly equityE8: bigint
  readonly profitE8: bigint
  /** Parts of the equity beside the holdings: good receivables, own transfers under way, less debts. */
  readonly receivablesE8: bigint
  readonly inTransitE8: bigint
  readonly borrowedE8: bigint
  /** Equity below zero. */
  readonly insolvent: boolean
  readonly awards: number
  readonly fills: number
  readonly receivables: Readonly<Record<ReceivableState, ReceivableSum>>
}

/** One order with its outcome. */
export interface JudgedOrder {
  readonly facts: OrderFacts
  readonly outcome: OrderOutcome
}

/** What a balance sheet is made from. */
export interface SolverFacts {
  readonly solver: Party
  readonly genesis: readonly Genesis[]
  readonly debts: readonly { readonly solver: Address; readonly valueE8: bigint }[]
  readonly orders: readonly JudgedOrder[]
  readonly transfers: readonly TransferFacts[]
  readonly balances: readonly AccountBalance[]
  readonly marks: Marks
}

/** The value of what an account holds itself. */
export function holdingsE8(address: Address, balances: readonly AccountBalance[], marks: Marks): bigint {
  const own = balances.filter((line) => isHeldBy(line, address))
  return sumOf(own, ({ chainId, token, amount }) => marks.valueE8(chainId, token, amount))
}

export function solverOutcome(facts: SolverFacts): SolverOutcome {
  const { solver, debts, orders, transfers, balances, marks } = facts
  const { node, address } = solver
  const receivables = receivableSums(
    orders.filter((order) => order.facts.fill?.payee === address),
    marks,
  )
  const { held, attested, proven } = receivables
  const receivablesE8 = held.valueE8 + attested.valueE8 + proven.valueE8
  const onTheWay = transfers.filter(({ recipient }) => recipient === address)
  const inTransitE8 = sumOf(onTheWay, ({ chainId, token, amount }) => marks.valueE8(chainId, token, amount))
  const ownDebts = debts.filter((debt) => debt.solver === address)
  const borrowedE8 = sumOf(ownDebts, ({ valueE8 }) => valueE8)
  const initialEquityE8 = initialHoldingsE8(facts) - borrowedE8
  const equityE8 = holdingsE8(address, balances, marks) + receivablesE8 + inTransitE8 - borrowedE8
  return {
    node,
    address,
    initialEquityE8,
    equityE8,
    profitE8: equityE8 - initialEquityE8,
    receivablesE8,
    inTransitE8,
    borrowedE8,
    insolvent: equityE8 < 0n,
    awards: orders.filter(({ outcome }) => outcome.winner === address).length,
    fills: orders.filter(({ outcome }) => outcome.filler === address).length,
    receivables,
  }
}

/** Receivables by state, at the value of the escrows behind them. */
export function receivableSums(
  orders: readonly JudgedOrder[],
  marks: Marks,
): Record<ReceivableState, ReceivableSum> {
  const sums: Partial<Record<ReceivableState, ReceivableSum>> = {}
  for (const state of receivableStates) {
    const members = orders.filter(({ outcome }) => outcome.receivable === state)
    const valueE8 = sumOf(members, ({ outcome }) =>
      marks.valueE8(outcome.originChainId, outcome.inputToken, outcome.inputAmount),
    )
    sums[state] = { count: members.length, valueE8 }
  }
  return sums as Record<ReceivableState, ReceivableSum>
}

/** At the price alone: nothing was lost at genesis. */
function initialHoldingsE8({ genesis, solver, marks }: SolverFacts): bigint {
  return sumOf(genesis, ({ chainId, balances }) => {
    const own = balances.filter((line) => isHeldBy(line, solver.address))
    return sumOf(own, ({ token, amount }) => marks.faceValueE8(chainId, token, amount))
  })
}
