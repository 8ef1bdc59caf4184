// The kinds by name; each is loaded when it is needed.
import type { JobKind, JobKindName } from './job-kind.ts'

/** The kind of a name. */
export async function loadJobKind(name: JobKindName): Promise<JobKind<unknown>> {
  switch (name) {
    case 'run':
      return (await import('./scenario-job.ts')).scenarioJob as JobKind<unknown>
    case 'learn':
      return (await import('./learn-job.ts')).learnJob as JobKind<unknown>
    case 'ring':
      return (await import('./ring-job.ts')).ringJob as JobKind<unknown>
    case 'market':
      return (await import('./market-job.ts')).marketJob as JobKind<unknown>
    case 'queue':
      return (await import('./queue-job.ts')).queueJob as JobKind<unknown>
  }
}
