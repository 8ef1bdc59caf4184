/**
 * An exposure network from commitments alone: totals are exact, who owes whom is the least that can be assumed.
 *
 * Of each layer the reports say what everyone owns and owes in all. Positions that both sides let be shown are taken as
 * they are; the rest is spread by maximum entropy, x_ij = a_i·b_j off the diagonal, found by iterative proportional fitting
 * (Upper 2011, J Fin Stability 7:111, §3; Bregman 1967). What the reports do not balance in a layer is with `unreported`.
 */
import { SolventError } from '@solvent/primitives'
import type { ExposureClaim, ExposureLayer, ExposureNetwork } from '../exposure/exposure-network.ts'
import { LAYERS } from '../exposure/exposure-network.ts'
import type { ReportCommitment } from './private-report.ts'
import { fittedFlows } from './proportional-fitting.ts'

/** A position that was shown, and whose proof was verified. */
export interface DisclosedClaim {
  readonly debtor: string
  readonly creditor: string
  readonly layer: ExposureLayer
  readonly amountE8: bigint
}

export interface AggregateExposures {
  readonly network: ExposureNetwork
  readonly certificate: {
    /** Largest gap between a fitted total and the reported one, over the largest of a layer. */
    readonly residual: number
  }
}

export const UNREPORTED = 'unreported'
const MOST_REPORTERS = 1_000
const UNIT = 1e8

/**
 * @param reports commitments of one moment, one a reporter
 * @throws SolventError E_REPORT for two reports of one reporter, reports of different moments, a disclosed position above what
 *   its report has in the layer, and more than 1,000 reporters
 * @example aggregateExposures([a.commitment, b.commitment]).network.claims
 */
export function aggregateExposures(
  reports: readonly ReportCommitment[],
  disclosed: readonly DisclosedClaim[] = [],
): AggregateExposures {
  checkReports(reports)
  const ids = [...reports.map(({ reporter }) => reporter), UNREPORTED]
  const claims: ExposureClaim[] = []
  let residual = 0
  for (const layer of LAYERS) {
    const shown = disclosed.filter((claim) => claim.layer === layer)
    const left = marginsLeft(reports, layer, shown)
    const owes = left.map((margin) => Number(margin.owes) / UNIT)
    const owns = left.map((margin) => Number(margin.owns) / UNIT)
    const fitted = fittedFlows(owes, owns)
    residual = Math.max(residual, fitted.residual)
    const named = (at: number) => ids[at]!
    claims.push(
      ...shown.map(({ debtor, creditor, amountE8 }) => ({
        debtor,
        creditor,
        layer,
        amount: Number(amountE8) / UNIT,
      })),
      ...fitted.flows.map(([from, to, amount]) => ({
        debtor: named(from),
        creditor: named(to),
        layer,
        amount,
      })),
    )
  }
  const [first] = reports
  return {
    network: {
      format: 'solvent-exposures',
      version: 2,
      ...(first === undefined ? {} : { atMs: first.atMs }),
      label: 'estimated from commitments',
      nodes: [
        ...reports.map(({ reporter, sums }) => ({
          id: reporter,
          externalAssets: Number(sums.owns.outside ?? 0n) / UNIT,
          externalLiabilities: Number(sums.owes.outside ?? 0n) / UNIT,
        })),
        { id: UNREPORTED, externalAssets: owedBy(UNREPORTED, claims), externalLiabilities: 0 },
      ],
      claims,
    },
    certificate: { residual },
  }
}

/** Who did not report is taken to be able to pay: nothing is known against it. */
function owedBy(debtor: string, claims: readonly ExposureClaim[]): number {
  return claims.reduce((sum, claim) => (claim.debtor === debtor ? sum + claim.amount : sum), 0)
}

interface Margin {
  owes: bigint
  owns: bigint
}

/** What each owes and owns in a layer beyond what was shown, the unreported last; both sides add up to the same. */
function marginsLeft(
  reports: readonly ReportCommitment[],
  layer: ExposureLayer,
  shown: readonly DisclosedClaim[],
): Margin[] {
  const margins = reports.map(
    ({ sums }): Margin => ({ owes: sums.owes[layer] ?? 0n, owns: sums.owns[layer] ?? 0n }),
  )
  const outside: Margin = { owes: 0n, owns: 0n }
  const of = (id: string) => margins[reports.findIndex(({ reporter }) => reporter === id)]
  for (const { debtor, creditor, amountE8 } of shown) {
    const [from, to] = [of(debtor), of(creditor)]
    if (from !== undefined) from.owes -= amountE8
    if (to !== undefined) to.owns -= amountE8
    if ((from?.owes ?? 0n) < 0n || (to?.owns ?? 0n) < 0n)
      throw new SolventError({
        code: 'E_REPORT',
        message: 'A position that was shown is more than the report has in its layer.',
        details: { debtor, creditor, layer, amountE8: String(amountE8) },
      })
  }
  const gap = margins.reduce((sum, { owes, owns }) => sum + owes - owns, 0n)
  if (gap > 0n) outside.owns = gap
  else outside.owes = -gap
  const total = margins.reduce((sum, { owes }) => sum + owes, outside.owes)
  // Nobody owes itself: what one owes beyond all that the others own is owed outside, and as much owned there.
  for (const { owes, owns } of margins) {
    const excess = owes + owns - total
    if (excess <= 0n) continue
    outside.owes += excess
    outside.owns += excess
  }
  return [...margins, outside]
}

function checkReports(reports: readonly ReportCommitment[]): void {
  const refuse = (message: string, details: Record<string, string | number>) => {
    throw new SolventError({ code: 'E_REPORT', message, details })
  }
  if (reports.length > MOST_REPORTERS)
    refuse('There are too many reports.', { got: reports.length, most: MOST_REPORTERS })
  const seen = new Set<string>([UNREPORTED])
  for (const { reporter, atMs } of reports) {
    if (seen.has(reporter)) refuse('Two reports are of one reporter.', { reporter })
    if (atMs !== reports[0]!.atMs)
      refuse('Reports are of different moments.', { reporter, atMs, first: reports[0]!.atMs })
    seen.add(reporter)
  }
}
