// Every sweep is audited before it is called complete: with code that shares nothing with the summary's.
import { SweepAudit } from '@solvent/audit'
import { SolventError } from '@solvent/primitives'
import { looks } from './stopping.ts'
import type { SweepPlan } from './sweep-plan.ts'
import { CONFIDENCE, type SweepSummary } from './sweep-summary.ts'

/** The audit of a plan's sweep. */
export function auditOf({ points, policies, replicates, stopping }: SweepPlan): SweepAudit {
  return new SweepAudit({
    points: points.length,
    policies: policies.map(({ name }) => name),
    replicates,
    looks: looks(stopping, replicates),
    confidence: CONFIDENCE,
  })
}

/** @throws SolventError E_INVARIANT with what M-1 and M-2 found */
export function refuseBroken(directory: string, audit: SweepAudit, summary: SweepSummary): void {
  const breaches = audit.judge(summary)
  if (breaches.length === 0) return
  throw new SolventError({
    code: 'E_INVARIANT',
    message: `The results of the sweep do not hold together, so they are not called complete.\n\n${breaches
      .map(({ id, detail }) => `${id}: ${detail}`)
      .join('\n')}`,
    details: { directory },
  })
}
