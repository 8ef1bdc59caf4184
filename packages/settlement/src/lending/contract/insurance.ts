// Who pays the bad debt of a pool in the transaction that books it: the pool's fund as far as it reaches, then the funds of the pools of
// its mutual, each in proportion to what it can give, and last the suppliers, as the reserve's deficit. A fund holds receipts: its own
// pool's debt it pays by giving them up, another's with the coins that they are worth. Sources: Aave, Umbrella (staked aTokens are burned
// for a deficit, without a vote); Nexus Mutual (one pool of capital behind many risks).
import type { Address } from '@solvent/primitives'
import { BPS, minBig, RAY } from '@solvent/primitives'
import type { Leg, PoolInsurance, Rounding } from '@solvent/protocol'
import { type CallContext, holderLeg } from '../../execution/call-context.ts'
import { positionIn, withPosition } from '../account.ts'
import { mintToTreasury } from '../claims.ts'
import type { WrittenOff } from '../liquidation/burn-debt.ts'
import { accountOf, reserveNow, writeAccount } from '../pool.ts'
import { accrued, type Reserve, scaledSupplyUp, supplyBalanceFloor, withRates } from '../reserve.ts'
import type { LendingContract } from './lending-contract.ts'
import { PoolRun } from './pool-run.ts'
import { floorRounding, upRounding } from './scaled-rounding.ts'

/** What the entry of a call says of cover, beside what the call itself moves. */
interface CoverParts {
  readonly rounding: readonly Rounding[]
  readonly legs: readonly Leg[]
}

interface Collected {
  /** Receipts that the fund got. */
  readonly premium: bigint
  readonly rounding: readonly Rounding[]
}

/** Turns what was set aside of the interest into receipts of the treasury and of the fund. */
export function collectPremium(
  { events }: CallContext,
  contract: LendingContract,
  run: PoolRun,
  token: Address,
): Collected | 'unknown-asset' | 'nothing-accrued' {
  const { insurance, treasury, address: pool } = contract.spec
  const done = mintToTreasury(run.pool, token, run.moment)
  if (done.status === 'refused') return done.reason
  if (insurance === null) return { premium: 0n, rounding: [] }
  const { scaled } = done
  const premium = (scaled * insurance.premiumBps) / BPS
  const account = accountOf(run.pool, treasury)
  const held = positionIn(account, token)
  const left = withPosition(account, { ...held, scaledSupply: held.scaledSupply - premium })
  writeAccount(run.pool, treasury, left)
  const receipt = contract.receiptOf(token)
  run.issueTo(fundLeg(insurance, receipt, premium))
  events.push({ kind: 'premium-collected', pool, token, scaled, premium })
  return { premium, rounding: floorRounding(receipt, scaled * insurance.premiumBps, BPS) }
}

/** Pays what a call has just booked; the call posts the parts with its own. */
export function payBadDebt(
  context: CallContext,
  contract: LendingContract,
  run: PoolRun,
  booked: readonly WrittenOff[],
): CoverParts {
  const { insurance } = contract.spec
  const rounding: Rounding[] = []
  const legs: Leg[] = []
  for (const { asset, amount } of insurance === null ? [] : booked) {
    const own = payFromFund(context, contract, run, { token: asset as Address, loss: amount })
    const shared = payFromMutual(context, contract, run, {
      token: asset as Address,
      loss: amount - own.covered,
    })
    rounding.push(...own.rounding)
    legs.push(...shared)
  }
  return { rounding, legs }
}

interface Loss {
  readonly token: Address
  readonly loss: bigint
}

function payFromFund(
  context: CallContext,
  contract: LendingContract,
  run: PoolRun,
  { token, loss }: Loss,
): { readonly covered: bigint; readonly rounding: readonly Rounding[] } {
  const { state, events, rules } = context
  const insurance = contract.spec.insurance as PoolInsurance
  const { address: pool } = contract.spec
  const receipt = contract.receiptOf(token)
  const premiums = collectPremium(context, contract, run, token)
  const { premium, rounding } = typeof premiums === 'string' ? { premium: 0n, rounding: [] } : premiums
  const reserve = run.pool.reserves.get(token) as Reserve
  const held = state.ledger.balance('POOL', insurance.fund, receipt) + premium
  const { covered } = rules.coverLoss(supplyBalanceFloor(held, reserve), loss)
  if (covered === 0n) return { covered, rounding }
  const scaled = scaledSupplyUp(covered, reserve)
  const claims = { scaledSupply: reserve.scaledSupply - scaled, deficit: reserve.deficit - covered }
  run.pool.reserves.set(token, withRates({ ...reserve, ...claims }))
  run.issueTo(fundLeg(insurance, receipt, -scaled))
  events.push({ kind: 'deficit-covered', pool, token, from: insurance.fund, amount: covered })
  const more = upRounding(receipt, covered * RAY, reserve.liquidityIndexRay)
  return { covered, rounding: [...rounding, ...more] }
}

interface Member {
  readonly contract: LendingContract
  readonly insurance: PoolInsurance
  /** What it can give now. */
  readonly capital: bigint
}

/** The coins come into the pool by the members' own entries: the legs take them out of what the call's entry moves. */
function payFromMutual(
  context: CallContext,
  contract: LendingContract,
  run: PoolRun,
  { token, loss }: Loss,
): Leg[] {
  const { state, sender, events } = context
  const { address: pool } = contract.spec
  const members = loss === 0n ? [] : membersOf(context, contract, token)
  const capital = members.reduce((sum, member) => sum + member.capital, 0n)
  let paid = 0n
  for (const member of members) {
    const amount = capital <= loss ? member.capital : (loss * member.capital) / capital
    if (amount === 0n) continue
    payOut(context, member, { token, amount, to: pool })
    events.push({ kind: 'deficit-covered', pool, token, from: member.insurance.fund, amount })
    paid += amount
  }
  if (paid === 0n) return []
  const reserve = run.pool.reserves.get(token) as Reserve
  const after = { ...reserve, cash: reserve.cash + paid, deficit: reserve.deficit - paid }
  run.pool.reserves.set(token, withRates(after))
  return [{ kind: 'POOL', owner: pool, token, amount: -paid }, holderLeg(state, sender, token, paid)]
}

function membersOf({ state, now }: CallContext, { spec }: LendingContract, token: Address): Member[] {
  const { mutual } = spec.insurance as PoolInsurance
  const members: Member[] = []
  for (const contract of state.lending.values()) {
    const { insurance, address } = contract.spec
    if (mutual === null || address === spec.address || insurance?.mutual !== mutual) continue
    const stored = contract.reserves.get(token)
    if (stored === undefined) continue
    const reserve = accrued(stored, now)
    const held = state.ledger.balance('POOL', insurance.fund, contract.receiptOf(token))
    const most = (supplyBalanceFloor(held, reserve) * insurance.mutualBps) / BPS
    const capital = minBig(most, reserve.cash)
    if (capital > 0n) members.push({ contract, insurance, capital })
  }
  return members
}

/** A member's fund withdraws what it gives, and sends it on. */
function payOut(
  context: CallContext,
  { contract, insurance }: Member,
  { token, amount, to }: { readonly token: Address; readonly amount: bigint; readonly to: Address },
): void {
  const { state, sender } = context
  const run = new PoolRun(context, contract, [])
  const reserve = reserveNow(run.pool, token, run.moment) as Reserve
  const receipt = contract.receiptOf(token)
  const scaled = scaledSupplyUp(amount, reserve)
  const left = { cash: reserve.cash - amount, scaledSupply: reserve.scaledSupply - scaled }
  run.pool.reserves.set(token, withRates({ ...reserve, ...left }))
  run.issueTo(fundLeg(insurance, receipt, -scaled))
  run.post('lending-cover', upRounding(receipt, amount * RAY, reserve.liquidityIndexRay), [
    holderLeg(state, sender, token, -amount),
    { kind: 'POOL', owner: to, token, amount },
  ])
}

function fundLeg({ fund }: PoolInsurance, receipt: Address, amount: bigint): Leg {
  return { kind: 'POOL', owner: fund, token: receipt, amount }
}
