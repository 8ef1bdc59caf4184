// Where a light client can see how firm its source is.
import { isSolventError } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import { loadScenario } from './load-scenario.ts'
import { spoiled } from './small-scenario.testing.ts'

const QUORUM = 'verification: { kind: quorum, verifiers: 3, threshold: 2 }\n    finality: finalized'
const CHAINS = 'bridges:\n  hub:'
/** Another rollup on the same L1, which cannot see what the first has posted there. */
const OTHER = `  base: { kind: optimistic, id: 8453, l1: ethereum, slotMs: 1000, batchIntervalSeconds: 20, rootIntervalSeconds: 60, challengeWindowSeconds: 120 }
${CHAINS}`

/** What the small scenario is told with such a light client as its bridge, between ethereum and arbitrum, or base too. */
function told(finality: string, { trustingSeconds = 1_209_600, withBase = false } = {}): string {
  const verification = `verification: { kind: light-client, trustingPeriodSeconds: ${trustingSeconds} }\n    finality: ${finality}`
  const text = new TextDecoder().decode(spoiled(QUORUM, verification))
  const whole = withBase
    ? text
        .replace(CHAINS, OTHER)
        .replace('claims: { arbitrum: "1000" }', 'claims: { arbitrum: "1000", base: "1" }')
    : text
  try {
    loadScenario('small.yaml', new TextEncoder().encode(whole))
    return ''
  } catch (error) {
    if (!isSolventError(error, 'E_SCENARIO')) throw error
    return error.message
  }
}

describe('a light client of a rollup', () => {
  it.each(['unsafe', 'safe', 'finalized', 'exitable'])('on its own L1 may ask for %s', (finality) => {
    expect(told(finality)).toBe('')
  })

  it('on another rollup may not ask for more than headers say', () => {
    expect(told('unsafe', { withBase: true })).toBe('')
    for (const finality of ['safe', 'finalized', 'exitable'])
      expect(told(finality, { withBase: true })).toContain(
        'headers of the rollup arbitrum say nothing of its finality, and base has neither its batches nor its roots: they are on ethereum',
      )
  })

  it('must outlive the wait for exits', () => {
    // The small scenario's challenge window is 120 s.
    expect(told('exitable', { trustingSeconds: 120 })).toContain('before a block of arbitrum is exitable')
    expect(told('exitable', { trustingSeconds: 121 })).toBe('')
  })
})
