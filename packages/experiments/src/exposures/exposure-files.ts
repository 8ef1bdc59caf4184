// Exposure networks as a results directory keeps them: `exposures/<seconds after the start>.json`, stable bytes.
import type { ExposureNetwork } from '@solvent/contagion'

/** File name → content; one for each moment, the last of those of one moment. */
export function exposureFiles(networks: readonly ExposureNetwork[]): Map<string, string> {
  const width = Math.max(...networks.map(({ atMs = 0 }) => String(Math.floor(atMs / 1_000)).length))
  return new Map(
    networks.map((network) => [
      `exposures/${timeName(network.atMs ?? 0, width)}.json`,
      `${JSON.stringify(network, null, 1)}\n`,
    ]),
  )
}

/** Seconds, with leading zeros so that names sort; milliseconds after a point where there are any. */
function timeName(atMs: number, width: number): string {
  const seconds = String(Math.floor(atMs / 1_000)).padStart(width, '0')
  const rest = atMs % 1_000
  return rest === 0 ? seconds : `${seconds}.${String(rest).padStart(3, '0')}`
}
