import type { ExecutionEngine } from '@solvent/ports'
import { createProbe } from '@solvent/ports/testing'
import { asNodeId } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import { createSimulation } from './simulation.ts'
import type { Words } from './testing/probe-network.ts'

const A = asNodeId('a')

/** Blocks are numbered by how often this very engine was asked. */
function countingEngine(): ExecutionEngine<Words> {
  let asked = 0
  return {
    submit: () => ({ accepted: true, reason: null }),
    produce: () => `block ${++asked}`,
    hold: () => undefined,
    finalize: () => {},
    follow: () => {},
    force: () => {},
    rewind: () => {},
    import: () => ({ accepted: true, reason: null }),
  }
}

function blocksOfTwoLives(engines: ExecutionEngine<Words>[] | (() => ExecutionEngine<Words>[])): string[] {
  const blocks: string[] = []
  const probe = createProbe<Words>({
    onStart: (ports) => void ports.execution[0]?.produce({ number: 1, allowEmpty: true }),
    onMessage: (inbound) => {
      if (inbound.via === 'execution' && inbound.answer.kind === 'produced')
        blocks.push(inbound.answer.block ?? 'none')
      return 'accept'
    },
  })
  const simulation = createSimulation<Words>({
    seed: 'engines',
    genesisMs: 0,
    nodes: [{ id: A, create: probe.create, signer: 'nobody', engines }],
    faults: [
      { atMs: 100, label: 'crash', fault: { kind: 'crash', node: A, disk: 'kept', restartAfterMs: 100 } },
    ],
  })
  simulation.run(1_000)
  simulation.end()
  return blocks
}

describe('engines', () => {
  it('outlive a crash when they are given as a list', () => {
    expect(blocksOfTwoLives([countingEngine()])).toEqual(['block 1', 'block 2'])
  })

  it('are made afresh for each life when they are given as a function', () => {
    expect(blocksOfTwoLives(() => [countingEngine()])).toEqual(['block 1', 'block 1'])
  })
})
