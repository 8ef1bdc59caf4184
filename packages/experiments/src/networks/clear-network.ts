// `solvent clear`: the clearing of a network that a person gave, in the words of the worked cases.
import {
  type Clearing,
  clearBySeniority,
  clearGuaranteed,
  type GuaranteedClearing,
  type RankedClearing,
  type RecoveryRates,
} from '@solvent/contagion'
import { auditClearing } from './audited-claims.ts'
import { withCalls } from './called-guarantees.ts'
import type { NetworkSource } from './network-file.ts'
import { refusing, sheetsOf } from './network-sheets.ts'

export type ClearingFields = ReturnType<typeof clearingFields>

export interface ClearingReport extends ClearingFields {
  readonly alpha: number
  readonly beta: number
  /** Names of the nodes, in the order of all vectors. */
  readonly ids: readonly string[]
  /** By class, the most senior first; only where debts have more than one rank. */
  readonly byClass?: readonly {
    readonly nominal: readonly number[]
    readonly paid: readonly number[]
    readonly recoveryRate: readonly (number | null)[]
    readonly externalCreditorsReceive: readonly number[]
  }[]
  /** What guarantors were asked for by what others could not pay; only where somebody was. */
  readonly called?: GuaranteedClearing['called']
}

/**
 * Clears a network.
 *
 * @param calls guarantors whose promises an event has called
 * @throws SolventError E_NETWORK; E_USAGE for a call of what waits for no event; E_INVARIANT when the audit's own code does not find it clearing (C-7)
 */
export function clearNetwork(
  source: NetworkSource,
  rates: RecoveryRates,
  calls: readonly string[] = [],
): ClearingReport {
  const { sheets, cleared, called } = clearedOf(source, rates, calls)
  const [only, ...others] = sheets.classes
  if (only !== undefined && others.length === 0)
    auditClearing(only.liabilities, {
      externalAssets: sheets.externalAssets,
      externalDebts: only.externalLiabilities,
      ...rates,
      payments: cleared.clearingVector,
      equity: cleared.equity,
      externalReceived: cleared.externalCreditorsReceive,
      rounds: cleared.rounds,
    })
  return {
    alpha: rates.alpha,
    beta: rates.beta,
    ids: sheets.ids,
    ...clearingFields(cleared),
    ...(cleared.byClass.length > 1 ? { byClass: classFields(cleared) } : {}),
    ...(called.length > 0 ? { called } : {}),
  }
}

function clearedOf(
  source: NetworkSource,
  rates: RecoveryRates,
  calls: readonly string[],
): GuaranteedClearing {
  const network = withCalls(source, calls)
  return refusing(source.file, () => {
    if (network.form === 'exposures') return clearGuaranteed(network.network, rates)
    const sheets = sheetsOf(source)
    return { sheets, cleared: clearBySeniority(sheets, rates), called: [] }
  })
}

/** A clearing as worked cases write it: plain lists, null for the recovery of a node that owes nothing. */
export function clearingFields(cleared: Clearing) {
  return {
    totalNominal: [...cleared.totalNominal],
    clearingVector: [...cleared.clearingVector],
    recoveryRate: orNull(cleared.recoveryRate),
    assetsReceivedPlusExternal: [...cleared.assetsReceivedPlusExternal],
    netWorth: [...cleared.netWorth],
    equity: [...cleared.equity],
    defaulted: [...cleared.defaulted],
    defaultRound: [...cleared.defaultRound],
    fictitiousDefaultRounds: cleared.rounds,
    externalCreditorsReceive: [...cleared.externalCreditorsReceive],
    bankruptcyCosts: [...cleared.bankruptcyCosts],
    totals: cleared.totals,
    certificate: cleared.certificate,
  }
}

function classFields({ byClass }: RankedClearing) {
  return byClass.map(({ nominal, paid, recoveryRate, externalCreditorsReceive }) => ({
    nominal: [...nominal],
    paid: [...paid],
    recoveryRate: orNull(recoveryRate),
    externalCreditorsReceive: [...externalCreditorsReceive],
  }))
}

const orNull = (rates: Float64Array) => [...rates].map((rate) => (Number.isNaN(rate) ? null : rate))
