/**
 * Insurance among the exposures: promises that become debts when they are called, by an event or by what somebody cannot pay.
 *
 * A guarantee that is called is a debt of the guarantor, which clears with its others (the fixed guarantee of Eisenberg, Noe 2001 networks). What
 * several guarantors of one beneficiary are asked for is shared in proportion to what each has left to give, as mutual insurers do.
 */
import { nearestName, SolventError } from '@solvent/primitives'
import type { RecoveryRates } from '../clearing/clearing.ts'
import { clearBySeniority, type RankedClearing } from '../clearing/seniority.ts'
import { type BalanceSheets, balanceSheets } from './balance-sheets.ts'
import type { ExposureClaim, ExposureNetwork, Guarantee } from './exposure-network.ts'

export interface GuaranteedClearing {
  /** With what was called among the claims. */
  readonly sheets: BalanceSheets
  readonly cleared: RankedClearing
  /** What was asked for, in the order of the network; those that were not called are left out. */
  readonly called: readonly (Pick<Guarantee, 'guarantor' | 'beneficiary'> & { readonly amount: number })[]
}

/** Of all that a beneficiary owes: less is rounding. */
const NEGLIGIBLE = 1e-9

/**
 * The network after an event: guarantees of the named guarantors that wait for one are debts.
 *
 * @throws SolventError E_USAGE for a name whose guarantees wait for no event
 * @example afterEvent(network, ['cover/depeg']).claims.at(-1) // { debtor: 'cover/depeg', creditor: 'amy', amount: 200, layer: 'insurance' }
 */
export function afterEvent(network: ExposureNetwork, guarantors: readonly string[]): ExposureNetwork {
  if (guarantors.length === 0) return network
  const { guarantees = [] } = network
  const waiting = new Set(guarantees.flatMap(({ guarantor, call }) => (call === 'event' ? [guarantor] : [])))
  const unknown = guarantors.find((name) => !waiting.has(name))
  if (unknown !== undefined) throw nothingToCall(unknown, [...waiting])
  const isCalled = ({ guarantor, call }: Guarantee) => call === 'event' && guarantors.includes(guarantor)
  return {
    ...network,
    claims: [...network.claims, ...guarantees.filter(isCalled).map(asDebt)],
    guarantees: guarantees.filter((each) => !isCalled(each)),
  }
}

/**
 * Clears, and calls what a shortfall calls: as long as somebody cannot pay debts of the first rank, its guarantors are asked, as far as they have
 * promised, for what it lacks when everybody else whom they serve is paid.
 *
 * @throws SolventError as {@link balanceSheets} and {@link clearBySeniority}
 */
export function clearGuaranteed(network: ExposureNetwork, rates: RecoveryRates): GuaranteedClearing {
  const waiting = (network.guarantees ?? []).filter(({ call, amount }) => call === 'shortfall' && amount > 0)
  const asked = new Float64Array(waiting.length)
  // Each turn ends a shortfall, exhausts promises, or finds a guarantor that cannot pay.
  for (let turn = 0; ; turn++) {
    const called = waiting.flatMap((each, at) => (asked[at]! > 0 ? [{ ...each, amount: asked[at]! }] : []))
    const sheets = balanceSheets({ ...network, claims: [...network.claims, ...called.map(asDebt)] })
    const cleared = clearBySeniority(sheets, rates)
    const calls = turn > 2 * waiting.length ? [] : furtherCalls({ waiting, asked }, sheets, cleared, rates)
    if (calls.length === 0)
      return {
        sheets,
        cleared,
        called: called.map(({ guarantor, beneficiary, amount }) => ({ guarantor, beneficiary, amount })),
      }
    for (const { at, amount } of calls) asked[at] = asked[at]! + amount
  }
}

interface Promises {
  readonly waiting: readonly Guarantee[]
  /** By guarantee, so far. */
  readonly asked: Float64Array
}

/** What more is asked for; nothing when nobody is short, or nothing more is promised. */
function furtherCalls(
  { waiting, asked }: Promises,
  sheets: BalanceSheets,
  cleared: RankedClearing,
  rates: RecoveryRates,
): { readonly at: number; readonly amount: number }[] {
  const placeOf = new Map(sheets.ids.map((id, place) => [id, place]))
  const owedBy = (node: number) => cleared.byClass[0]?.nominal[node] ?? 0
  const shortBy = (node: number) => owedBy(node) - (cleared.byClass[0]?.paid[node] ?? 0)
  // Who cannot pay what it was asked for is not asked for more.
  const rooms = waiting.map(({ guarantor, amount }, at) => {
    const isBroke = cleared.recoveryRate[placeOf.get(guarantor)!]! < 1 - NEGLIGIBLE
    return isBroke ? 0 : Math.max(0, amount - asked[at]!)
  })
  const left = new Map<number, number>()
  for (const [at, { beneficiary }] of waiting.entries()) {
    const node = placeOf.get(beneficiary)!
    if (shortBy(node) > owedBy(node) * NEGLIGIBLE) left.set(node, (left.get(node) ?? 0) + rooms[at]!)
  }
  // Who is short pays others less, who then pay it less: what it lacks shows when it has all that was promised.
  const externalAssets = sheets.externalAssets.map((own, node) => own + (left.get(node) ?? 0))
  const { assetsReceivedPlusExternal: assets } = clearBySeniority({ ...sheets, externalAssets }, rates)
  return waiting.flatMap(({ beneficiary }, at) => {
    const node = placeOf.get(beneficiary)!
    const all = left.get(node) ?? 0
    const owed = owedBy(node)
    if (all <= owed * NEGLIGIBLE) return []
    const lacking = Math.min(all, owed - (assets[node]! - all))
    return lacking <= 0 ? [] : [{ at, amount: (lacking * rooms[at]!) / all }]
  })
}

/** What was called, as a debt of the first rank. */
export function asDebt({
  guarantor,
  beneficiary,
  amount,
}: Pick<Guarantee, 'guarantor' | 'beneficiary' | 'amount'>): ExposureClaim {
  return { debtor: guarantor, creditor: beneficiary, amount, layer: 'insurance' }
}

function nothingToCall(got: string, allowed: readonly string[]): SolventError {
  const near = nearestName(got, allowed)
  return new SolventError({
    code: 'E_USAGE',
    message: 'Nothing that this node guarantees waits for an event.',
    details: { got, allowed: allowed.length === 0 ? 'none' : allowed.slice(0, 20).join(', ') },
    hint: near === undefined ? undefined : `Did you mean ${near}?`,
  })
}
