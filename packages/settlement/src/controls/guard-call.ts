// Calls of contracts that controls guard: breakers see the prices before and after every call that may move one, a halt refuses what
// it stops, and an outflow limit counts what left with the call.
import { type Address, maxBig } from '@solvent/primitives'
import { type Call, type CallKind, type StoppableAction, stoppableActions } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { readAnswer } from '../oracle/read-answer.ts'
import { restrictionOn } from './authority/restricted-entries.ts'
import { isHalted } from './circuit-breaker.ts'
import { pledgedBehind } from './collateral-check.ts'
import type { Breaker } from './control-state.ts'

const PRICE_MOVING: ReadonlySet<CallKind> = new Set<CallKind>([
  'post-price',
  'poke-oracle',
  'swap',
  'add-liquidity',
  'remove-liquidity',
  'mint-range',
  'burn-range',
  'mint-vault-shares',
  'burn-vault-shares',
  'place-orders',
])

/** Runs a call of a chain under its controls. */
export function runControlled(context: CallContext, call: Call, run: () => CallResult): CallResult {
  const { controls } = context.state
  if (controls.isEmpty) return run()
  const watching = PRICE_MOVING.has(call.kind) ? controls.breakers : []
  for (const breaker of watching) note(context, breaker)
  const guarded = contractOf(call)
  if (guarded !== null && isStopped(context, guarded, call.kind)) return 'trading-halted'
  const posted = context.state.ledger.postedCount()
  const refusal = run()
  if (refusal !== null) return refusal
  if (guarded !== null && actionOf(call.kind) !== 'liquidate' && !countOutflows(context, guarded, posted))
    return 'outflow-limited'
  if (call.kind === 'borrow' && !mayBorrow(context, call.pool)) return 'pledged-elsewhere'
  const restriction = restrictionOn(context, posted)
  if (restriction !== null) return restriction
  for (const { power } of controls.authorities.values()) power?.note(context, posted)
  for (const breaker of watching) note(context, breaker)
  return null
}

/** The market or lending pool that a call is to. */
function contractOf(call: Call): Address | null {
  if ('market' in call) return call.market
  return 'pool' in call ? call.pool : null
}

/** What a call counts as: whoever begins an auction liquidates. */
function actionOf(kind: CallKind): CallKind {
  return kind === 'start-auction' ? 'liquidate' : kind
}

function isStopped({ state, now }: CallContext, guarded: Address, kind: CallKind): boolean {
  const action = actionOf(kind)
  if (!(stoppableActions as readonly CallKind[]).includes(action)) return false
  return state.controls.breakers.some(
    ({ spec, state: breaker }) =>
      spec.guarded === guarded &&
      spec.stops.includes(action as StoppableAction) &&
      isHalted(breaker.get(), now),
  )
}

function note(context: CallContext, { spec, rules, state }: Breaker): void {
  const { events, now } = context
  const price = watchedPrice(context, spec.watched)
  if (price === null || price <= 0n) return
  const before = state.get()
  const after = context.rules.afterPrice(before, price, now, rules)
  if (after === before) return
  state.set(after)
  if (after.halts === before.halts) return
  events.push({
    kind: 'breaker-tripped',
    breaker: spec.address,
    guarded: spec.guarded,
    reference: before.reference?.priceE8 ?? price,
    price,
    haltedUntil: after.haltedUntil,
  })
}

function watchedPrice({ state, now }: CallContext, watched: Address): bigint | null {
  const market = state.markets.get(watched)
  return market === undefined ? (readAnswer(state, watched, now)?.answerE8 ?? null) : market.price().priceX96
}

/** False when the sender has pledged more of something, here and elsewhere, than a check lets stand behind one account's loans. */
function mayBorrow({ state, rules, sender, now }: CallContext, place: Address): boolean {
  return state.controls.collateralChecks.every(
    (check) =>
      !check.places.includes(place) || rules.mayPledge(pledgedBehind(state, check, sender, now), check),
  )
}

/** False when more has left the contract than a limit lets through. */
function countOutflows({ state, now, rules }: CallContext, guarded: Address, posted: number): boolean {
  return state.controls.limitsOf(guarded).every(({ spec, outflows }) => {
    let net = 0n
    for (const { legs } of state.ledger.postedSince(posted))
      for (const { kind, owner, token, amount } of legs)
        if (kind === 'POOL' && owner === guarded && token === spec.token) net += amount
    const amount = maxBig(-net, 0n)
    if (amount === 0n) return true
    const after = rules.afterOutflow(outflows.get(), { at: now, amount }, spec)
    if (after === null) return false
    outflows.set(after)
    return true
  })
}
