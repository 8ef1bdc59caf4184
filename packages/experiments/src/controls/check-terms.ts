// Whether an authority may ask for these terms of a reserve, and whether they change anything.
import type { Findings, Path } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { termsChange, type WrittenTerms } from './assemble-authorities.ts'

interface AskedTerms extends WrittenTerms {
  readonly authority: string
  readonly pool: string
  readonly asset: string
}

/** @param asked of an authority that there is */
export function checkTerms(
  asked: AskedTerms,
  {
    scenario,
    path,
    findings,
  }: { readonly scenario: Scenario; readonly path: Path; readonly findings: Findings },
): void {
  const { authority, pool, asset } = asked
  const { pools } = scenario.controls!.authorities[authority]!
  if (!findings.reference([...path, 'pool'], `pool of ${authority}`, pool, pools)) return
  const reserves = Object.keys(scenario.lending?.[pool]?.reserves ?? {})
  findings.reference([...path, 'asset'], `reserve of ${pool}`, asset, reserves)
  if (Object.values(termsChange(asked)).every((each) => each === null))
    findings.add('E_VALUE', path, 'a measure that changes nothing', {
      got: 'no terms',
      allowed: 'ltvBps, liquidationThresholdBps, supplyCap, borrowCap or status',
    })
}
