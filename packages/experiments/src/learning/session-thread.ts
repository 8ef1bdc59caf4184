// The program of a worker thread. What it loads is compiled once and kept by Node, so that a thread is ready in a fifth of the time.
import { enableCompileCache } from 'node:module'
import type { SessionOutcome } from '@solvent/collusion'
import type { SessionTask } from './run-sessions.ts'

enableCompileCache()

export default async function runTask(task: SessionTask): Promise<SessionOutcome[]> {
  const { runSessions } = await import('./run-sessions.ts')
  return runSessions(task)
}
