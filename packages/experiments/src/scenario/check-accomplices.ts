// The meaning of accomplices: their ring has rivals, and each helps one ring only.
import type { Findings } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'

type Section = 'sequencers' | 'verifiers'
const KINDS: Readonly<Record<Section, string>> = { sequencers: 'chain', verifiers: 'bridge' }

export function checkAccomplices(
  { accomplices = {}, rings = {}, solvers, chains, bridges }: Scenario,
  findings: Findings,
): void {
  const helped = new Map<string, string>()

  /** A chain or bridge is there, and helps nobody else. */
  function checkPlace(path: readonly [string, string, Section, string], known: readonly string[]): boolean {
    const [, ring, section, place] = path
    if (!findings.reference([...path], KINDS[section], place, known)) return false
    const other = helped.get(`${section}/${place}`)
    helped.set(`${section}/${place}`, ring)
    if (other !== undefined)
      findings.add('E_VALUE', [...path], 'one node cannot favour two rings', {
        got: `${place} for ${other} and ${ring}`,
        allowed: 'one ring',
      })
    return true
  }

  for (const [ring, { sequencers, verifiers }] of Object.entries(accomplices)) {
    if (findings.reference(['accomplices', ring], 'ring', ring, Object.keys(rings))) {
      if (Object.keys(solvers).every((solver) => rings[ring]?.includes(solver)))
        findings.add('E_VALUE', ['accomplices', ring], 'the ring has no rivals that could be kept waiting', {
          got: `all solvers are of ${ring}`,
          allowed: 'a ring that leaves out at least one solver',
        })
    }
    if (Object.keys(sequencers).length + Object.keys(verifiers).length === 0)
      findings.add('E_VALUE', ['accomplices', ring], 'the ring has no accomplices', {
        got: 'nobody',
        allowed: 'at least one chain under sequencers or one bridge under verifiers',
      })
    for (const chain of Object.keys(sequencers))
      checkPlace(['accomplices', ring, 'sequencers', chain], Object.keys(chains))
    for (const bridge of Object.keys(verifiers)) {
      const path = ['accomplices', ring, 'verifiers', bridge] as const
      if (!checkPlace(path, Object.keys(bridges))) continue
      const kind = bridges[bridge]?.verification.kind
      if (kind !== 'quorum')
        findings.add(
          'E_VALUE',
          [...path],
          'nobody there signs messages, so that nobody can be late with it',
          {
            got: `verification ${kind}`,
            allowed: 'a bridge with verification quorum',
          },
        )
    }
  }
}
