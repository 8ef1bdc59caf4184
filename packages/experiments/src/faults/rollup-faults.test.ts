import { isSolventError } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly/assemble.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { SMALL_SCENARIO } from '../scenario/small-scenario.testing.ts'

const START_MS = Date.parse('2026-01-01T00:00:00Z')
const FAULT = '{ kind: pause, atSeconds: 100, bridge: hub, authority: issuer }'

function load(fault: string) {
  return loadScenario('file.yaml', new TextEncoder().encode(SMALL_SCENARIO.replace(FAULT, fault)))
}

/** What a fault becomes, as the schedule has it. */
function scheduled(fault: string) {
  const { scenario, hash } = load(fault)
  return assemble({ scenario, hash, seed: 1, signatures: 'stand-in' }).faults
}

function refusal(fault: string): string {
  try {
    load(fault)
  } catch (error) {
    if (isSolventError(error, 'E_SCENARIO')) return error.message
    throw error
  }
  return 'accepted'
}

describe('what a rollup does wrong', () => {
  it('is an order to the node that posts for it', () => {
    expect(
      scheduled('{ kind: batch-outage, atSeconds: 100, chain: arbitrum, forSeconds: 50 }'),
    ).toMatchObject([
      {
        atMs: 100_000,
        label: 'batch-outage arbitrum',
        fault: {
          kind: 'control',
          to: 'seq-arbitrum',
          message: { kind: 'hold-postings', rollup: 42161, series: 'batch', untilMs: START_MS + 150_000 },
        },
      },
    ])
    const orders = [
      '{ kind: invalid-root, atSeconds: 1, chain: arbitrum }',
      '{ kind: batch-repeated, atSeconds: 1, chain: arbitrum }',
      '{ kind: proposer-outage, atSeconds: 1, chain: arbitrum, forSeconds: 9 }',
      '{ kind: withhold-data, atSeconds: 1, chain: arbitrum, forSeconds: 9 }',
    ].flatMap(scheduled)
    expect(orders.map(({ fault }) => (fault.kind === 'control' ? fault.message.kind : fault.kind))).toEqual([
      'invalid-root',
      'repeat-batch',
      'hold-postings',
      'withhold-data',
    ])
  })

  it('is refused of an L1, and of a rollup of the other kind', () => {
    expect(refusal('{ kind: invalid-root, atSeconds: 1, chain: ethereum }')).toContain(
      'no such optimistic or zk rollup (got ethereum; allowed: arbitrum)',
    )
    expect(refusal('{ kind: prover-outage, atSeconds: 1, chain: arbitrum, forSeconds: 9 }')).toContain(
      'no such zk rollup',
    )
    expect(refusal('{ kind: batch-outage, atSeconds: 1, chain: arbitrum, forSeconds: 0 }')).toContain(
      'forSeconds',
    )
  })
})
