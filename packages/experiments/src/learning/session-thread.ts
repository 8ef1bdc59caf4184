// The program of a worker thread. What it loads is compiled once and kept by Node, so that a thread is ready in a fifth of the time.
import { enableCompileCache } from 'node:module'
import type { SessionTask } from './run-session.ts'
import type { StudyOutcome } from './study.ts'

enableCompileCache()

export default async function runTask(task: SessionTask): Promise<StudyOutcome> {
  const { runSession } = await import('./run-session.ts')
  return runSession(task)
}
