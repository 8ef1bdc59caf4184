// The gate before any price: can this exchange be settled over this route, in time, within the solver's limits?
// Source: OIF SettlementInterface (is_route_supported, buffer_coverage_check), docs/models/solver.md.
import { type BridgeSpec, type ChainSpec, type Confirmation, type Trust, trustOf } from '@solvent/protocol'
import type { BackingMonitor } from './backing-monitor.ts'
import type { Deal } from './deal.ts'
import type { NetworkFacts, TokenFacts } from './network-facts.ts'
import { secondsToFill, secondsToPayout } from './route-times.ts'
import type { ConfirmationTier, RiskLimits } from './solver-init.ts'

/** Why a deal is declined before it is priced. */
export type AdmissionRefusal =
  | 'unsupported-route'
  | 'bridge-paused'
  | 'backing-too-low'
  | 'value-above-tiers'
  | 'fill-window-too-short'
  | 'proof-window-too-short'
  | 'exposure-limit'
  | 'too-many-orders'

/** What pricing and filling need to know of an admitted deal. */
export interface Terms {
  readonly bridge: BridgeSpec
  /** Who must lie for a false proof of a fill to pass. */
  readonly trust: Trust
  readonly input: TokenFacts
  readonly output: TokenFacts
  readonly inputValueE8: bigint
  readonly gasCostE8: bigint
  /** How firm the escrow must be before the fill: in a block of a level, or promised for one. */
  readonly confirmation: Confirmation
  readonly secondsUntilPayout: number
}

export type Admission =
  | { readonly status: 'admitted'; readonly terms: Terms }
  | { readonly status: 'refused'; readonly reason: AdmissionRefusal }

/** What the gate reads besides the deal. */
export interface AdmissionState {
  readonly facts: NetworkFacts
  readonly monitor: BackingMonitor
  readonly risk: RiskLimits
  /** Value outstanding on the deal's prover. */
  readonly exposureE8: bigint
  /** Orders and quotes with inventory set aside. */
  readonly concurrentOrders: number
  readonly nowSeconds: number
}

/** Judges a deal; the first reason in the order of the checks is named. */
export function admit(deal: Deal, state: AdmissionState): Admission {
  const { facts, risk } = state
  const route = routeOf(deal, facts)
  if (route === null) return refused('unsupported-route')
  const impaired = impairment([deal.prover, route.input.dilutedBy, route.output.dilutedBy], state)
  if (impaired !== null) return refused(impaired)

  const inputValueE8 = facts.valueE8(deal.originChainId, deal.input.token, deal.input.amount)
  const confirmation = levelOfValue(inputValueE8, risk.confirmationsByValue)
  if (confirmation === null) return refused('value-above-tiers')
  const { origin, destination, bridge } = route
  const filledBy = deal.startsAt + secondsToFill(facts, { origin, destination, confirmation })
  const secondsUntilPayout = secondsToPayout(facts, { origin, destination, bridge })
  if (filledBy > deal.fillDeadline) return refused('fill-window-too-short')
  if (filledBy + secondsUntilPayout > deal.expires) return refused('proof-window-too-short')

  if (state.exposureE8 + inputValueE8 > risk.maxExposurePerBridgeE8) return refused('exposure-limit')
  if (state.concurrentOrders >= risk.maxConcurrentOrders) return refused('too-many-orders')
  return { status: 'admitted', terms: termsOf(deal, route, confirmation, facts) }
}

/** The terms of a deal that was admitted before a restart, or null when the network no longer has its route. */
export function resumeTerms(deal: Deal, confirmation: Confirmation, facts: NetworkFacts): Terms | null {
  const route = routeOf(deal, facts)
  return route === null ? null : termsOf(deal, route, confirmation, facts)
}

/** The level of the first tier that reaches up to the value, or null above all tiers (Across ignores such deposits). */
export function levelOfValue(valueE8: bigint, tiers: readonly ConfirmationTier[]): Confirmation | null {
  return tiers.find(({ upToE8 }) => valueE8 <= upToE8)?.level ?? null
}

interface Route {
  readonly origin: ChainSpec
  readonly destination: ChainSpec
  readonly bridge: BridgeSpec
  readonly input: TokenFacts
  readonly output: TokenFacts
}

function routeOf(deal: Deal, facts: NetworkFacts): Route | null {
  const origin = facts.chain(deal.originChainId)
  const destination = facts.chain(deal.destinationChainId)
  const bridge = facts.bridge(deal.prover)
  const input = facts.token(deal.originChainId, deal.input.token)
  const output = facts.token(deal.destinationChainId, deal.output.token)
  if (origin === undefined || destination === undefined || origin === destination) return null
  if (bridge === undefined || input === undefined || output === undefined) return null
  return { origin, destination, bridge, input, output }
}

function termsOf(deal: Deal, route: Route, confirmation: Confirmation, facts: NetworkFacts): Terms {
  const { origin, destination, bridge, input, output } = route
  return {
    bridge,
    trust: trustOf(bridge, destination),
    input,
    output,
    inputValueE8: facts.valueE8(deal.originChainId, deal.input.token, deal.input.amount),
    gasCostE8: facts.gasCostE8(deal.originChainId, deal.destinationChainId),
    confirmation,
    secondsUntilPayout: secondsToPayout(facts, { origin, destination, bridge }),
  }
}

function impairment(
  bridges: readonly (BridgeSpec['address'] | null)[],
  { monitor, risk, nowSeconds }: AdmissionState,
): 'bridge-paused' | 'backing-too-low' | null {
  for (const bridge of bridges) {
    if (bridge === null) continue
    if (monitor.isPaused(bridge, nowSeconds)) return 'bridge-paused'
    if (risk.refuseBelowBackingBps > 0 && monitor.coverBps(bridge) < risk.refuseBelowBackingBps)
      return 'backing-too-low'
  }
  return null
}

function refused(reason: AdmissionRefusal): Admission {
  return { status: 'refused', reason }
}
