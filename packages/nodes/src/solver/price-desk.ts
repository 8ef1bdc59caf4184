// From a deal to an offer: the gate, then the strategy on the deal's economics.
import type { Address } from '@solvent/primitives'
import type { BidContext, OfferUse, PastAuction, StrategyRefusal } from '@solvent/strategies'
import { type AdmissionRefusal, admit, type Terms } from './admission.ts'
import type { Deal } from './deal.ts'
import type { DistressRefusal } from './distress.ts'
import type { Heard } from './side-channel.ts'
import type { SolverBooks } from './solver-books.ts'
import { tenderView } from './tender-desk.ts'

export type Pricing =
  | { readonly status: 'offer'; readonly outputAmount: bigint; readonly terms: Terms }
  | {
      readonly status: 'declined'
      readonly reason: AdmissionRefusal | DistressRefusal | StrategyRefusal | 'not-ready' | 'chain-stalled'
    }

/** How a deal is priced. */
export interface PricingView {
  readonly use: OfferUse
  /** The slow view is read up to here: a moment that follows from the order's own times. Unix seconds. */
  readonly cutoff: number
  readonly pastAuctions: readonly PastAuction[]
  /** What strategies for tenders know it by: the id of the order or of the request, when offers close (Unix seconds), whose it is. */
  readonly tender: { readonly id: string; readonly time: number; readonly user: string } & Partial<Heard>
}

/** The offer of this solver's strategy for a deal, or why it makes none. */
export function priceDeal(books: SolverBooks, deal: Deal, view: PricingView): Pricing {
  const { refusal } = books.distress
  if (refusal !== null) return { status: 'declined', reason: refusal }
  if (!books.isReady(deal.destinationChainId)) return { status: 'declined', reason: 'not-ready' }
  if (books.isStalled(deal.destinationChainId) || books.isStalled(deal.originChainId))
    return { status: 'declined', reason: 'chain-stalled' }
  const { facts, monitor, inventory, exposure, init } = books
  const admission = admit(deal, {
    facts,
    monitor,
    risk: init.risk,
    exposureE8: exposure.of(deal.prover),
    concurrentOrders: inventory.size,
    nowSeconds: books.nowSeconds(),
  })
  if (admission.status === 'refused') return { status: 'declined', reason: admission.reason }
  const { terms } = admission
  const decision = books.strategy.decide(contextOf(books, deal, terms, view))
  if (decision.status === 'declined') return decision
  const free = inventory.free(deal.destinationChainId, deal.output.token)
  return { status: 'offer', outputAmount: books.distress.offered(decision.outputAmount, free), terms }
}

function contextOf(books: SolverBooks, deal: Deal, terms: Terms, view: PricingView): BidContext {
  const { inventory, slow, init } = books
  const { destinationChainId: chainId, output } = deal
  const { bridge, trust } = terms
  const isWrapped = (minter: Address | null) => minter !== null
  return {
    use: view.use,
    inputValueE8: terms.inputValueE8,
    // What is paid out has to be bought back, and costs what markets ask above the price outside.
    gasCostE8: terms.gasCostE8 + books.sourcing.costE8(chainId, output.token, output.minAmount),
    inputWrapped: isWrapped(terms.input.wrappedBy),
    output: {
      priceE8: terms.output.priceE8,
      decimals: terms.output.decimals,
      wrapped: isWrapped(terms.output.wrappedBy),
      minAmount: output.minAmount,
    },
    inventory: {
      free: inventory.free(chainId, output.token),
      slowFree: slow.stock(chainId, output.token, view.cutoff),
      reference: slow.reference(chainId, output.token),
    },
    prover: {
      verifiers: trust.parties,
      threshold: trust.threshold,
      exposureE8: slow.exposureE8(bridge.address, view.cutoff),
      exposureLimitE8: init.risk.maxExposurePerBridgeE8,
    },
    confirmation: terms.confirmation,
    secondsUntilPayout: terms.secondsUntilPayout,
    tender: {
      ...tenderView(books, { ...view.tender, output: { chainId, token: output.token } }),
      told: view.tender.told ?? null,
      leaked: view.tender.leaked ?? null,
    },
    pastAuctions: view.pastAuctions,
  }
}
