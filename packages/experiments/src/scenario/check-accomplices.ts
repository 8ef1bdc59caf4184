// The meaning of accomplices: their ring has rivals, and each helps one ring only.
import type { Findings } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'

export function checkAccomplices(
  { accomplices = {}, rings = {}, solvers, chains }: Scenario,
  findings: Findings,
): void {
  const helped = new Map<string, string>()

  /** A chain is there, and helps nobody else. */
  function checkPlace(ring: string, section: 'sequencers', place: string, known: readonly string[]): void {
    const path = ['accomplices', ring, section, place]
    if (!findings.reference(path, 'chain', place, known)) return
    const other = helped.get(place)
    if (other === undefined) helped.set(place, ring)
    else
      findings.add('E_VALUE', path, 'one node cannot favour two rings', {
        got: `${place} for ${other} and ${ring}`,
        allowed: 'one ring',
      })
  }

  for (const [ring, { sequencers }] of Object.entries(accomplices)) {
    if (findings.reference(['accomplices', ring], 'ring', ring, Object.keys(rings))) {
      if (Object.keys(solvers).every((solver) => rings[ring]?.includes(solver)))
        findings.add('E_VALUE', ['accomplices', ring], 'the ring has no rivals that could be kept waiting', {
          got: `all solvers are of ${ring}`,
          allowed: 'a ring that leaves out at least one solver',
        })
    }
    if (Object.keys(sequencers).length === 0)
      findings.add('E_VALUE', ['accomplices', ring], 'the ring has no accomplices', {
        got: 'nobody',
        allowed: 'at least one chain under sequencers',
      })
    for (const chain of Object.keys(sequencers)) checkPlace(ring, 'sequencers', chain, Object.keys(chains))
  }
}
