// Who began a sweep: engine, plan and part, without which its records mean nothing. Whoever goes on with it must be the same.
import { SolventError } from '@solvent/primitives'
import { storeDamaged } from '../durable/store-error.ts'
import type { EngineFacts } from './engine-facts.ts'

/** A part of a sweep: this of so many. */
export interface Shard {
  readonly index: number
  readonly of: number
}

export interface SweepManifest extends EngineFacts {
  readonly format: 'solvent-sweep/1'
  readonly baseHash: string
  /** SHA-256 of plan.json. */
  readonly plan: string
  readonly shard: Shard | null
  /** ISO 8601, UTC. */
  readonly startedAt: string
}

/** The first sweep's manifest, when it is of the same engine and plan. */
export function checkedManifest(directory: string, text: string, fresh: SweepManifest): SweepManifest {
  let manifest: SweepManifest
  try {
    manifest = JSON.parse(text) as SweepManifest
  } catch {
    throw storeDamaged(directory, 'manifest.json cannot be read', {})
  }
  const same = ({ startedAt: _, ...rest }: SweepManifest) => Object.entries(rest)
  const fields = new Map(same(manifest))
  const other = same(fresh).filter(
    ([key, value]) => JSON.stringify(fields.get(key)) !== JSON.stringify(value),
  )
  if (other.length === 0) return manifest
  throw new SolventError({
    code: 'E_STORE_ENGINE',
    message: 'The results were begun by another engine, plan or shard. Nothing was changed.',
    details: {
      directory,
      ...Object.fromEntries(
        other.map(([key, value]) => [
          key,
          `${JSON.stringify(fields.get(key))} there, ${JSON.stringify(value)} here`,
        ]),
      ),
    },
    hint: 'Go on with the engine that began it, or run the sweep again in another directory.',
  })
}
