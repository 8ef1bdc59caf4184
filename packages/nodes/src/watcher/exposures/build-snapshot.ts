// The exposure snapshot of a run so far, from what a watcher has gathered.
import type { AccountBalance, RouteBacking, VaultBacking } from '@solvent/audit'
import type { Address } from '@solvent/primitives'
import type { NetworkSpec, Party } from '@solvent/protocol'
import type { ReserveOutcome } from '../credit-outcome.ts'
import type { OpenCover } from '../derivatives/cover-meter.ts'
import type { LossRule } from '../loss-rule.ts'
import type { Marks } from '../marks.ts'
import type { TransferFacts } from '../outcome-book.ts'
import type { JudgedOrder } from '../solver-outcome.ts'
import { placeAccounts } from './account-exposures.ts'
import { escrowDebts } from './escrow-exposures.ts'
import { ExposureDraft } from './exposure-draft.ts'
import type { ExposureSnapshot } from './exposure-snapshot.ts'
import { Holders } from './holders.ts'
import { insurancePromises } from './insurance-exposures.ts'
import { type FaceOf, issuedTokens } from './issued-tokens.ts'
import { lendingAccounts, receipts } from './lending-exposures.ts'
import { marketDepths, marketShares } from './market-exposures.ts'
import { operatorDependences } from './operator-dependences.ts'
import { HoldingsDesk } from './place-holdings.ts'
import { transitDebts } from './transit-exposures.ts'

export interface ExposureFacts {
  readonly spec: NetworkSpec
  readonly users: readonly Party[]
  readonly actors: readonly Party[]
  readonly lossRule: LossRule
  readonly debts: readonly { readonly solver: Address; readonly valueE8: bigint }[]
  readonly balances: readonly AccountBalance[]
  readonly backing: readonly RouteBacking[]
  readonly vaults: readonly VaultBacking[]
  readonly marks: Marks
  readonly orders: readonly JudgedOrder[]
  readonly transfers: readonly TransferFacts[]
  readonly reserves: readonly ReserveOutcome[]
  /** In the order of the network's cover funds. */
  readonly covers: readonly OpenCover[]
}

export function buildSnapshot(facts: ExposureFacts, atMs: number, label: string): ExposureSnapshot {
  const { spec, users, actors, balances, backing, orders, transfers, debts, marks } = facts
  const draft = new ExposureDraft()
  const issued = issuedTokens(draft, facts)
  const holders = new Holders(draft, { solvers: spec.solvers, actors, users })
  const faceOf: FaceOf = (chainId, token, amount) =>
    issued.get(`${chainId}/${token}`)?.faceE8(amount) ?? marks.faceValueE8(chainId, token, amount)
  const lending = { spec, balances, reserves: facts.reserves, faceOf }
  marketShares(draft, issued, { spec, balances, vaults: facts.vaults, faceOf })
  receipts(draft, issued, lending)
  const desk = new HoldingsDesk(draft, { holders, issued, marks, tokens: spec.tokens })
  const byId = new Map(orders.map((order) => [order.outcome.orderId, order]))
  placeAccounts(draft, desk, { spec, balances, backing, orders: byId })
  escrowDebts(draft, desk, { spec, holders, orders, balances })
  lendingAccounts(draft, holders, lending)
  insurancePromises(draft, desk, { spec, holders, reserves: facts.reserves, covers: facts.covers, atMs })
  transitDebts(draft, desk, { spec, holders, backing, transfers })
  for (const { solver, valueE8 } of debts) draft.outsideDebt(holders.of(solver), valueE8)
  marketDepths(draft, { spec, balances, marks })
  operatorDependences(draft, { spec, orders })
  return draft.finish(atMs, label)
}
