// Steps that use a lending pool.
import { parseUnits } from '@solvent/primitives'
import { ALL_OF_IT, type CollateralAuctionCall, type LendingCall } from '@solvent/protocol'
import { accountOf, lendingAddress } from '../assembly/addresses.ts'
import { lendingPlace, lendingPlaceNames } from '../lending/lending-place.ts'
import { lentDecimals, lentToken } from '../lending/lent-asset.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { participantNames } from './participants.ts'
import type { ResolvedStep, StepCheck, StepFamily, StepOf, StepResolution } from './step-rule.ts'

/** Auctions are begun and bid in by keepers. */
type LendingVerb = Exclude<LendingCall, CollateralAuctionCall>['kind']
type ReserveVerb = Exclude<LendingVerb, 'set-e-mode' | 'liquidate'>

export const lendingSteps: StepFamily<LendingVerb> = {
  supply: {
    check: checkReserve,
    resolve: (step, at) =>
      resolved(step, at, { kind: 'supply', ...reserveOf(step, at), amount: amountOf(step, at) }),
  },
  withdraw: {
    check: checkReserve,
    resolve: (step, at) =>
      resolved(step, at, { kind: 'withdraw', ...reserveOf(step, at), amount: amountOf(step, at) }),
  },
  borrow: {
    check: checkReserve,
    resolve: (step, at) =>
      resolved(step, at, { kind: 'borrow', ...reserveOf(step, at), amount: amountOf(step, at) }),
  },
  repay: {
    check(step, check) {
      checkReserve(step, check)
      if (step.onBehalfOf !== undefined) checkHolder(step.pool, step.onBehalfOf, 'onBehalfOf', check)
    },
    resolve: (step, at) =>
      resolved(step, at, {
        kind: 'repay',
        ...reserveOf(step, at),
        amount: amountOf(step, at),
        onBehalfOf: accountOf(at.seed, step.onBehalfOf ?? at.actor),
      }),
  },
  'set-collateral': {
    check: checkPoolReserve,
    resolve: (step, at) =>
      resolved(step, at, { kind: 'set-collateral', ...reserveOf(step, at), use: step.use }),
  },
  'set-e-mode': {
    check({ pool, eMode }, check) {
      if (!checkPool(pool, check) || eMode === undefined) return
      const names = Object.keys(check.scenario.lending?.[pool]?.eModes ?? {})
      check.findings.reference([...check.path, 'eMode'], `category of ${pool}`, eMode, names)
    },
    resolve: (step, at) =>
      resolved(step, at, { kind: 'set-e-mode', pool: lendingAddress(step.pool), eMode: step.eMode ?? null }),
  },
  liquidate: {
    check(step, check) {
      if (!checkPool(step.pool, check)) return
      const reserves = lendingPlace(check.scenario, step.pool)!.assets
      for (const side of ['collateral', 'debt'] as const)
        check.findings.reference([...check.path, side], `reserve of ${step.pool}`, step[side], reserves)
      checkHolder(step.pool, step.borrower, 'borrower', check)
    },
    resolve(step, at) {
      const { chain } = lendingPlace(at.scenario, step.pool)!
      const token = (lent: string) => lentToken(at.scenario, chain, lent)
      return resolved(step, at, {
        kind: 'liquidate',
        pool: lendingAddress(step.pool),
        borrower: accountOf(at.seed, step.borrower),
        collateral: token(step.collateral),
        debt: token(step.debt),
        debtToCover: unitsOf(at.scenario, step.debt, step.amount),
        receive: step.receive,
      })
    },
  },
  'mint-to-treasury': {
    check: checkPoolReserve,
    resolve: (step, at) => resolved(step, at, { kind: 'mint-to-treasury', ...reserveOf(step, at) }),
  },
  'cover-deficit': {
    check: checkPoolReserve,
    resolve: (step, at) =>
      resolved(step, at, { kind: 'cover-deficit', ...reserveOf(step, at), amount: amountOf(step, at) }),
  },
}

function checkPool(pool: string, { scenario, path, findings }: StepCheck): boolean {
  return findings.reference([...path, 'pool'], 'lending pool', pool, lendingPlaceNames(scenario))
}

function checkReserve({ pool, asset }: StepOf<ReserveVerb>, check: StepCheck): void {
  if (!checkPool(pool, check)) return
  const reserves = lendingPlace(check.scenario, pool)!.assets
  check.findings.reference([...check.path, 'asset'], `reserve of ${pool}`, asset, reserves)
}

/** What an isolated market has no call for. */
function checkPoolReserve(step: StepOf<ReserveVerb>, check: StepCheck): void {
  const { scenario, path, findings } = check
  const pools = Object.keys(scenario.lending ?? {})
  if (findings.reference([...path, 'pool'], 'lending pool', step.pool, pools)) checkReserve(step, check)
}

/** A participant, or an account that the pool's positions name. */
function checkHolder(
  pool: string,
  holder: string,
  key: string,
  { scenario, path, findings }: StepCheck,
): void {
  const positions = lendingPlace(scenario, pool)?.holders ?? []
  findings.reference([...path, key], 'participant or position', holder, [
    ...participantNames(scenario),
    ...positions,
  ])
}

function reserveOf({ pool, asset }: StepOf<ReserveVerb>, { scenario }: StepResolution) {
  const { chain } = lendingPlace(scenario, pool)!
  return { pool: lendingAddress(pool), token: lentToken(scenario, chain, asset) }
}

function amountOf(
  { asset, amount }: StepOf<'supply' | 'withdraw' | 'borrow' | 'repay' | 'cover-deficit'>,
  { scenario }: StepResolution,
): bigint {
  return unitsOf(scenario, asset, amount)
}

function unitsOf(scenario: Scenario, lent: string, amount: string): bigint {
  return amount === 'all' ? ALL_OF_IT : parseUnits(amount, lentDecimals(scenario, lent))
}

function resolved(
  { pool }: { readonly pool: string },
  { scenario }: StepResolution,
  call: LendingCall,
): ResolvedStep {
  return { chainId: chainIdOf(scenario, lendingPlace(scenario, pool)!.chain), action: { kind: 'call', call } }
}
