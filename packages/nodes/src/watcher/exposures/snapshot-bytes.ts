// The canonical bytes of snapshots, as a watcher answers them.
import { decodeCanonical, encodeCanonical } from '@solvent/primitives'
import type { ExposureSnapshot } from './exposure-snapshot.ts'

const MAX_BYTES = 64 * 1024 * 1024

export function encodeExposures(snapshots: readonly ExposureSnapshot[]): Uint8Array {
  return encodeCanonical(snapshots)
}

/**
 * Snapshots from their bytes.
 *
 * @throws what `decodeCanonical` throws on bytes that are not canonical or longer than 64 MiB
 */
export function decodeExposures(bytes: Uint8Array): readonly ExposureSnapshot[] {
  return decodeCanonical(bytes, { maxBytes: MAX_BYTES }) as unknown as readonly ExposureSnapshot[]
}
