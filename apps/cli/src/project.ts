// Where the parts of the project are that the command line starts or writes to.
import { join, resolve } from 'node:path'
import { userPath } from './user-path.ts'

export const PROJECT_ROOT = resolve(import.meta.dirname, '../../..')
/** The program of one node's process. */
export const NODE_PROGRAM = join(PROJECT_ROOT, 'apps/node/src/main.ts')
/** The dashboard's process. */
export const DASHBOARD_PROGRAM = join(PROJECT_ROOT, 'apps/dashboard/src/main.ts')
/** The scenario of the main job. */
export const MAIN_SCENARIO = join(PROJECT_ROOT, 'configs/scenarios/kelp-2026.yaml')
/** What `solvent init` begins a person's own scenario with. */
export const STARTER_SCENARIO = join(PROJECT_ROOT, 'configs/scenarios/starter.yaml')
/** What editors check scenarios against. */
export const SCENARIO_SCHEMA = join(PROJECT_ROOT, 'configs/scenario.schema.json')
/** Incidents of the record as scenario files. */
export const INCIDENTS = join(PROJECT_ROOT, 'configs/incidents')

/** `runs/<name>-<seed>/` in the project's root. */
export function runsDirectory(name: string, seed: number): string {
  return join(PROJECT_ROOT, 'runs', `${name}-${seed}`)
}

/** `runs/sweep-<name>/` in the project's root. */
export function sweepDirectory(name: string): string {
  return join(PROJECT_ROOT, 'runs', `sweep-${name}`)
}

/** `runs/compare-<name>/` in the project's root. */
export function comparisonDirectory(name: string): string {
  return join(PROJECT_ROOT, 'runs', `compare-${name}`)
}

/** Where `solvent up` keeps the running network's files, and where the other commands look for it. */
export function networkDirectory(): string {
  const named = process.env.SOLVENT_NETWORK
  return named === undefined ? join(PROJECT_ROOT, 'runs', '.network') : userPath(named)
}
