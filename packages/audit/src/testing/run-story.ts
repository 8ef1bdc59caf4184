// Runs drafts through an auditor and says which invariants broke.
import type { AuditReport } from '../audit-report.ts'
import type { Auditor } from '../auditor.ts'
import { createAuditor } from '../create-auditor.ts'
import { type DraftBlock, Sealer } from './draft.ts'
import { genesis, spec, verifier } from './network.ts'

export function newAuditor(): Auditor {
  return createAuditor({ spec, genesis, verifier, applicable: 'sim' })
}

/** The report after these blocks, in this order. */
export function audit(
  drafts: readonly DraftBlock[],
  during: (auditor: Auditor) => void = () => {},
): AuditReport {
  const auditor = newAuditor()
  during(auditor)
  const sealer = new Sealer()
  for (const draft of drafts) for (const block of sealer.blocks(draft)) auditor.block(block)
  return auditor.finish()
}

/** The ids that broke, each once, in the order of the catalogue. */
export function brokenIds(report: AuditReport): string[] {
  return [...report.checked.keys()].filter((id) => report.broken.some((breach) => breach.id === id))
}
