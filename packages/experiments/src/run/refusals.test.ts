import { describe, expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import { refusalsIn } from './refusals.ts'
import { runScenario } from './run-scenario.ts'

const DEPTH_BELOW_FINAL = 15

/** An L1 of two producers whose blocks are final after at most 12 slots. */
const scenario = (depth: number) => `
name: refusal
title: A re-org that reaches final blocks
start: 2026-01-01T00:00:00Z
durationSeconds: 900
assets: { ETH: { decimals: 18, price: "2000" } }
chains: { ethereum: { kind: l1, id: 1, slotMs: 12000, epochSlots: 4, producers: 2 } }
auctioneers: 0
solvers: {}
actors:
  alice: { steps: [{ do: transfer, chain: ethereum, asset: ETH, amount: "1", to: bob }] }
  bob: { steps: [] }
faults: [{ kind: reorg, atSeconds: 600, chain: ethereum, depth: ${depth} }]
`

async function refusalsOf(depth: number) {
  const loaded = loadScenario('refusal.yaml', new TextEncoder().encode(scenario(depth)))
  const { summary } = await runScenario({ loaded, seed: 1, runtime: 'sim', nodeProgram: '' })
  return summary.refusals
}

describe('what nodes refuse of the schedule', () => {
  it('is in the summary, by node, time and reason', async () => {
    const refusals = await refusalsOf(DEPTH_BELOW_FINAL)
    expect(refusals[0]).toEqual({
      id: 'seq-ethereum-1/reorg',
      atSeconds: 600,
      reason: expect.stringContaining('final'),
    })
  })

  it('is nothing where the fault can be', async () => {
    expect(await refusalsOf(1)).toEqual([])
  })

  it('is read from a log among lines of other kinds', () => {
    const lines = [
      '{"atMs":1500,"node":"a","kind":"node-started","role":"solver"}',
      '{"atMs":61000,"node":"a","control":"reorg","from":"operator","kind":"control-refused","reason":"no"}',
    ]
    expect(refusalsIn(`${lines.join('\n')}\n`, 1_000)).toEqual([
      { id: 'a/reorg', atSeconds: 60, reason: 'no' },
    ])
  })
})
