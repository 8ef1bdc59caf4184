// Finality is counted three times with code of its own each: by the producer's engine and the follower's view (which share
// the settlement core's rules), and by the audit. Random votes, missing epochs and a quick leak: all say the same (T-3).
import { createAuditor } from '@solvent/audit'
import type { NetworkSpec } from '@solvent/protocol'
import { createChainEngine, createChainView } from '@solvent/settlement'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { address, genesis, L1, signer, spec, verifier } from './audited-network.ts'

const EPOCH_SLOTS = 2
const GROUPS = [5, 3, 4]

function networkWith(finalityEpochs: number, inactivityQuotient: number): NetworkSpec {
  const groups = GROUPS.map((validators, i) => ({
    name: `group-${i}`,
    validators,
    producer: address('l1-producer'),
  }))
  return {
    ...spec,
    chains: spec.chains.map((chain) =>
      chain.chainId === L1
        ? {
            ...chain,
            consensus: {
              kind: 'l1',
              epochSlots: EPOCH_SLOTS,
              finalityEpochs,
              validators: { groups, stakedOn: L1, inactivityQuotient },
            },
          }
        : chain,
    ),
  }
}

/** Slots from one block to the next, and who votes in it. */
const steps = fc.array(
  fc.record({ gap: fc.integer({ min: 1, max: 5 }), votes: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 7, 7) }),
  { minLength: 10, maxLength: 60 },
)

it('engine, view and audit agree on what is justified and final, whoever votes', () => {
  const stalled = new Set<boolean>()
  fc.assert(
    fc.property(
      steps,
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(2 ** 7, 2 ** 24),
      (votes, epochs, quotient) => {
        const network = networkWith(epochs, quotient)
        const engine = createChainEngine({
          spec: network,
          chainId: L1,
          genesis: genesis.find(({ chainId }) => chainId === L1)!,
          verifier,
          signer: signer('l1-producer'),
        })
        const view = createChainView({ spec: network })
        const auditor = createAuditor({ spec: network, genesis, verifier, applicable: 'sim' })
        auditor.block(engine.genesisBlock)
        let number = 0
        for (const step of votes) {
          number += step.gap
          const block = engine.produce({ number, allowEmpty: true, votes: step.votes })!
          expect(view.applyBlock(block).status).toBe('applied')
          auditor.block(block)
        }
        const { justified, finalized } = engine.head().header
        expect([view.safe(L1), view.finalized(L1)]).toEqual([justified, finalized])
        expect(auditor.broken).toEqual([])
        stalled.add(finalized === 0)
      },
    ),
    { numRuns: 60 },
  )
  expect(stalled).toEqual(new Set([true, false]))
})

it('a header that claims finality without votes is refused by followers and breaks T-3', () => {
  const network = networkWith(2, 2 ** 24)
  const options = {
    spec: network,
    chainId: L1,
    genesis: genesis[0]!,
    verifier,
    signer: signer('l1-producer'),
  }
  const [honest, silent] = [createChainEngine(options), createChainEngine(options)]
  const claimed = [2, 4, 6].map((number) => honest.produce({ number, allowEmpty: true })!)
  const auditor = createAuditor({ spec: network, genesis, verifier, applicable: 'sim' })
  const view = createChainView({ spec: network })
  auditor.block(silent.genesisBlock)
  for (const [i, number] of [2, 4, 6].entries()) {
    const block = silent.produce({ number, allowEmpty: true, votes: 0 })!
    const { justified, finalized } = claimed[i]!.header
    const lying = { ...block, header: { ...block.header, justified, finalized } }
    if (i === 2) {
      auditor.block(lying)
      expect(view.applyBlock(lying).status).toBe('invalid')
    } else {
      auditor.block(block)
      view.applyBlock(block)
    }
  }
  expect(auditor.broken.map(({ id }) => id)).toContain('T-3')
})
