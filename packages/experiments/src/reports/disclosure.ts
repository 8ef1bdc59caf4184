// What a person does with private reports: makes one of a node's balance sheet, verifies what it was given, and puts the
// reports of many together.
import {
  aggregateExposures,
  commitReport,
  type DisclosedClaim,
  type ExposureNetwork,
  type InclusionVerdict,
  type Position,
  type ProofFile,
  proofFile,
  proveInclusion,
  type ReportFile,
  reportFile,
  reportPositions,
  verifyInclusion,
} from '@solvent/contagion'
import { SolventError } from '@solvent/primitives'
import type { NetworkSource } from '../networks/network-file.ts'
import { refusing, sheetsOf } from '../networks/network-sheets.ts'
import { type FileAsNamed, readProofFile, readReportFile } from './report-files.ts'

export interface MadeReport {
  readonly report: ReportFile
  /** By counterparty, in the order of their names. */
  readonly proofs: ReadonlyMap<string, ProofFile>
}

/**
 * The report of one node of an exposure network.
 *
 * @throws SolventError E_NETWORK, E_USAGE for an unknown node
 */
export function makeReport(
  source: NetworkSource,
  { node, secret }: { readonly node: string; readonly secret: string },
): MadeReport {
  if (source.form !== 'exposures')
    throw new SolventError({
      code: 'E_USAGE',
      message: 'A report is made from an exposure network.',
      details: { file: source.file },
      hint: 'A run saves them in exposures/.',
    })
  const { file, network } = source
  // References between its parts are checked where balance sheets are drawn up.
  sheetsOf(source)
  const made = refusing(file, () => {
    const positions = reportPositions(network, node)
    const report = commitReport(positions, { reporter: node, atMs: network.atMs ?? 0, secret })
    const counterparties = positions.filter(({ layer }) => layer !== 'outside').map(nameOf)
    return { report, counterparties: [...new Set(counterparties)].sort() }
  })
  const { report, counterparties } = made
  return {
    report: reportFile(report.commitment),
    proofs: new Map(
      counterparties.map((name) => [name, proofFile(report.commitment, proveInclusion(report, name))]),
    ),
  }
}

const nameOf = ({ counterparty }: Position) => counterparty

export interface VerifiedProof {
  readonly position: Position
  readonly index: number
  readonly verdict:
    | InclusionVerdict
    | { readonly status: 'refused'; readonly reason: 'other-report' | 'index-twice' }
}

/** Of each proof of a file, whether its position counts in the report; two must not stand at one place. */
export function verifyProofs(report: ReportFile, { reporter, atMs, proofs }: ProofFile): VerifiedProof[] {
  const seen = new Set<number>()
  return proofs.map((proof) => {
    const { position, index } = proof
    const refused = (reason: 'other-report' | 'index-twice') =>
      ({ position, index, verdict: { status: 'refused', reason } }) as const
    if (reporter !== report.reporter || atMs !== report.atMs) return refused('other-report')
    if (seen.has(index)) return refused('index-twice')
    seen.add(index)
    return { position, index, verdict: verifyInclusion(report, proof) }
  })
}

/**
 * An exposure network from reports, and from proofs that were shown with them.
 *
 * @throws SolventError E_NETWORK for files that cannot be read, E_USAGE for proofs that do not hold or whose reporter is missing
 */
export async function aggregateReports(
  reportFiles: readonly FileAsNamed[],
  proofFiles: readonly FileAsNamed[],
): Promise<{ readonly network: ExposureNetwork; readonly residual: number }> {
  const reports = await Promise.all(reportFiles.map(readReportFile))
  const shown = new Map<string, DisclosedClaim>()
  for (const file of proofFiles) {
    const proofs = await readProofFile(file)
    const report = reports.find(({ reporter }) => reporter === proofs.reporter)
    if (report === undefined)
      throw new SolventError({
        code: 'E_USAGE',
        message: 'A proof belongs to none of the reports.',
        details: { file: file.shownAs, reporter: proofs.reporter },
      })
    for (const { position, verdict } of verifyProofs(report, proofs)) {
      if (verdict.status === 'refused')
        throw new SolventError({
          code: 'E_USAGE',
          message: 'A proof does not hold.',
          details: { file: file.shownAs, counterparty: position.counterparty, reason: verdict.reason },
        })
      const claim = claimOf(proofs.reporter, position)
      // The other side may show the same claim.
      if (claim !== null)
        shown.set(`${claim.debtor} ${claim.creditor} ${claim.layer} ${claim.amountE8}`, claim)
    }
  }
  const file = reportFiles.map(({ shownAs }) => shownAs).join(', ')
  const { network, certificate } = refusing(file, () => aggregateExposures(reports, [...shown.values()]))
  return { network, residual: certificate.residual }
}

function claimOf(reporter: string, { side, counterparty, layer, amountE8 }: Position): DisclosedClaim | null {
  if (layer === 'outside') return null
  return side === 'owes'
    ? { debtor: reporter, creditor: counterparty, layer, amountE8 }
    : { debtor: counterparty, creditor: reporter, layer, amountE8 }
}
