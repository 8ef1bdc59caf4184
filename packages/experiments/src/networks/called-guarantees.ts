// Guarantees that an event has called, before a network is cleared or stressed.
import { afterEvent } from '@solvent/contagion'
import { SolventError } from '@solvent/primitives'
import type { NetworkSource } from './network-file.ts'

/** @throws SolventError E_USAGE for a guarantor whose promises wait for no event, and for a file that has none */
export function withCalls(source: NetworkSource, calls: readonly string[]): NetworkSource {
  if (source.form === 'exposures') return { ...source, network: afterEvent(source.network, calls) }
  if (calls.length === 0) return source
  throw new SolventError({
    code: 'E_USAGE',
    message: 'Only an exposure network has guarantees that could be called.',
    details: { file: source.file, got: calls.join(', ') },
  })
}
