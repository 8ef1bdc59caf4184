// The canonical bytes of a watcher's past, as it answers them.
import { decodeCanonical, encodeCanonical } from '@solvent/primitives'
import type { PastMoment } from './history-desk.ts'

const MAX_BYTES = 64 * 1024 * 1024

export function encodeHistory(moments: readonly PastMoment[]): Uint8Array {
  return encodeCanonical(moments)
}

/**
 * Moments from their bytes.
 *
 * @throws what `decodeCanonical` throws on bytes that are not canonical or longer than 64 MiB
 */
export function decodeHistory(bytes: Uint8Array): readonly PastMoment[] {
  return decodeCanonical(bytes, { maxBytes: MAX_BYTES }) as unknown as readonly PastMoment[]
}
