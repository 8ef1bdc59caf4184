// Which flaws a scenario may give which bridge: those that leave out a check the bridge has.
import { contractFlaws } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { loadScenario } from './load-scenario.ts'
import { spoiled } from './small-scenario.testing.ts'

const QUORUM = 'verification: { kind: quorum, verifiers: 3, threshold: 2 }'
const bySignatures = [
  'zero-root-accepted',
  'signature-unchecked',
  'threshold-zero',
  'threshold-misread',
  'set-check-skipped',
  'admin-unprotected',
]
const verifications = {
  quorum: { text: QUORUM, flaws: [...bySignatures, 'replay-unchecked'] },
  optimistic: {
    text: 'verification: { kind: optimistic, disputers: 1 }',
    flaws: ['proof-unchecked', 'replay-unchecked'],
  },
  'light-client': {
    text: 'verification: { kind: light-client }',
    flaws: ['proof-unchecked', 'replay-unchecked'],
  },
  canonical: {
    text: 'verification: { kind: canonical }',
    flaws: ['proof-unchecked', 'replay-unchecked'],
  },
}

/** What is wrong with the scenario's flaws, by the message; null: nothing. */
function complaint(piece: string, by: string): string | null {
  try {
    loadScenario('small.yaml', spoiled(piece, by))
    return null
  } catch (error) {
    const text = String((error as Error).message)
    return text.includes('changes nothing') ? text : null
  }
}

const cells = Object.entries(verifications).flatMap(([kind, { text, flaws }]) =>
  contractFlaws
    .filter((flaw) => flaw !== 'nominal-credited')
    .map((flaw) => ({ kind, text, flaw, acts: flaws.includes(flaw) })),
)

describe('a flaw of a bridge', () => {
  it.each(cells)('$flaw at $kind: acts $acts', ({ text, flaw, acts }) => {
    const said = complaint(QUORUM, `${text}\n    flaws: [${flaw}]`)
    expect(said === null).toBe(acts)
  })

  it('that is about what a lock credits needs a lock, and a coin that arrives short', () => {
    const flawed = spoiled(QUORUM, `${QUORUM}\n    flaws: [nominal-credited]`)
    const withFee = (bytes: Uint8Array) =>
      new TextDecoder().decode(bytes).replace('supply: "5000"', 'supply: "5000", transferFeeBps: 100')
    expect(() => loadScenario('small.yaml', flawed)).toThrow('it locks no asset that keeps a part')
    expect(() => loadScenario('small.yaml', new TextEncoder().encode(withFee(flawed)))).not.toThrow()
  })

  it('is refused as an upgrade too, with the reason and what is allowed', () => {
    const pause = '- { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }'
    const upgrade = '- { kind: upgrade, atSeconds: 100, bridge: hub, flaw: proof-unchecked }'
    expect(complaint(pause, upgrade)).toContain(
      'proof-unchecked changes nothing at a bridge with verification quorum: it checks signatures of verifiers',
    )
    expect(complaint(pause, upgrade.replace('proof', 'replay'))).toBeNull()
  })
})
