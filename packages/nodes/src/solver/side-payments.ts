// Side payments of a ring: what the winner owes the others for an auction, paid in the order's output token on its chain, by transfers that
// everyone can see and nobody can tell from others.
import { mulDivFloor, type OrderId, wholeUnit } from '@solvent/primitives'
import type { Order } from '@solvent/protocol'
import type { SidePayment } from '@solvent/strategies'
import type { SolverBooks } from './solver-books.ts'

/** What refs of such transfers begin with. */
export const SIDE_PAYMENT = 'side-payment'

const PARTS = 1_000_000_000_000

/** Pays what is owed for an order, as far as the inventory goes. */
export function paySides(
  books: SolverBooks,
  orderId: OrderId,
  order: Order,
  owed: readonly SidePayment[],
): void {
  const { facts, inventory } = books
  const { originChainId, input, output } = order
  const token = facts.token(output.chainId, output.token)
  if (token === undefined) return
  const valueE8 = facts.valueE8(originChainId, input.token, input.amount)
  for (const { to, part } of owed) {
    const member = facts.spec.solvers.find(({ node }) => node === to)
    const owedE8 = mulDivFloor(valueE8, BigInt(Math.floor(part * PARTS)), BigInt(PARTS))
    const amount = mulDivFloor(owedE8, wholeUnit(token.decimals), token.priceE8)
    if (member === undefined || amount === 0n || amount > inventory.free(output.chainId, output.token))
      continue
    books.send({
      chainId: output.chainId,
      ref: `${SIDE_PAYMENT}/${orderId}/${to}`,
      call: { kind: 'transfer', token: output.token, to: member.address, amount },
    })
  }
}
