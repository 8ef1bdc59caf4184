// Escrows of orders: what they hold is owed to whoever filled, until then to the user. One node for each prover, chain
// and token, so that a loss of one coin touches nobody who waits for another.
import type { AccountBalance } from '@solvent/audit'
import type { NetworkSpec, Order } from '@solvent/protocol'
import type { JudgedOrder } from '../solver-outcome.ts'
import type { ExposureDraft } from './exposure-draft.ts'
import { type Holders, OTHERS, USERS } from './holders.ts'
import { chainName } from './issued-tokens.ts'
import type { HoldingsDesk } from './place-holdings.ts'

/** What an escrow holds of a wrapped coin. */
export const ESCROW_LAYER = 'escrow'

export function escrowNode(draft: ExposureDraft, spec: NetworkSpec, order: Order): string {
  const { prover, originChainId, input } = order
  const bridge = spec.bridges.find(({ address }) => address === prover)?.name ?? prover
  const symbol =
    spec.tokens.find(({ chainId, address }) => chainId === originChainId && address === input.token)
      ?.symbol ?? input.token
  return draft.node(`${bridge}/escrow/${symbol}@${chainName(spec, originChainId)}`, 'prover', true)
}

/** Those who vouch for fills of the order. */
export function proverNode(spec: NetworkSpec, { prover }: Order): string {
  return `prover/${spec.bridges.find(({ address }) => address === prover)?.name ?? prover}`
}

/** What escrows owe. */
export function escrowDebts(
  draft: ExposureDraft,
  desk: HoldingsDesk,
  facts: {
    readonly spec: NetworkSpec
    readonly holders: Holders
    readonly orders: readonly JudgedOrder[]
    readonly balances: readonly AccountBalance[]
  },
): void {
  const held = new Map(
    facts.balances.filter(({ kind }) => kind === 'ESCROW').map(({ owner, amount }) => [owner, amount]),
  )
  for (const { facts: order, outcome } of facts.orders) {
    const { originChainId, inputToken, inputAmount, receivable } = outcome
    const faceE8 = (amount: bigint) => desk.faceE8(originChainId, inputToken, amount)
    const escrowed = held.get(outcome.orderId)
    const awaits = receivable === 'held' || receivable === 'attested' || receivable === 'proven'
    if (order.fill !== null && receivable === 'stranded') {
      const node = facts.holders.of(order.fill.payee)
      if (facts.holders.hasSheet(node))
        draft.writeOff({ node, because: proverNode(facts.spec, order.order), amountE8: faceE8(inputAmount) })
    }
    if (order.fill !== null && awaits) {
      const creditor = facts.holders.of(order.fill.payee)
      // Filled on a promise that the order will be opened: until then its user owes it.
      const debtor = escrowed === undefined ? USERS : escrowNode(draft, facts.spec, order.order)
      draft.claim({ debtor, creditor, layer: 'receivable', amountE8: faceE8(inputAmount) })
    } else if (escrowed !== undefined) {
      // Unfilled, stranded, or proven for somebody who did not fill it.
      const isTheirs = order.provenFor === null
      draft.claim({
        debtor: escrowNode(draft, facts.spec, order.order),
        creditor: isTheirs ? USERS : OTHERS,
        layer: 'escrow',
        amountE8: faceE8(escrowed),
      })
    }
  }
}
