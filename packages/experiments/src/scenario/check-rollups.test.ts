import { isSolventError } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import { loadScenario } from './load-scenario.ts'
import { spoiled } from './small-scenario.testing.ts'

const WINDOW = 'challengeWindowSeconds: 120'

/** What a file with this in place of the window is told: why it was refused, or its warnings. */
function told(by: string): string {
  try {
    return loadScenario('file.yaml', spoiled(WINDOW, by))
      .warnings.map(({ rule, path, message }) => `${rule} ${path}: ${message}`)
      .join('\n')
  } catch (error) {
    if (!isSolventError(error, 'E_SCENARIO')) throw error
    return error.message
  }
}

/** What a file is told whose rollup has such batches and slots. */
function batchedEvery(seconds: number, slotMs: number): string {
  const before = 'slotMs: 1000\n    batchIntervalSeconds: 20'
  const text = spoiled(before, `slotMs: ${slotMs}\n    batchIntervalSeconds: ${seconds}`)
  return loadScenario('file.yaml', text)
    .warnings.map(({ message }) => message)
    .join()
}

// The small scenario's L1 has slots of 2 s and epochs of 4; a batch comes every 20 s.
describe("a rollup's times", () => {
  it('are taken without a word when there is room', () => {
    expect(told(WINDOW)).toBe('')
  })

  it('are refused when no challenger can meet the window', () => {
    expect(told('challengeWindowSeconds: 3')).toContain('no challenger can meet the window')
    expect(told('challengeWindowSeconds: 3')).toContain('at least two slots of ethereum: 4')
    expect(told('challengeWindowSeconds: 4')).not.toContain('no challenger')
  })

  it('are refused when every block would be dropped', () => {
    expect(told(`${WINDOW}\n    sequencingWindowSeconds: 23`)).toContain('every block would be dropped')
    expect(told(`${WINDOW}\n    sequencingWindowSeconds: 24`)).toBe('')
  })

  it('are warned about when a batch comes more often than a block', () => {
    expect(batchedEvery(1, 1_000)).toBe('')
    expect(batchedEvery(1, 5_000)).toContain('a batch every 1 s and a block every 5 s')
    expect(batchedEvery(5, 5_000)).toBe('')
  })

  it('are warned about when challengers come too late, or the L1 may take a challenge back', () => {
    expect(told(`${WINDOW}\n    challengers: { count: 1, delaySeconds: 120 }`)).toContain(
      'T-6 chains.arbitrum.challengers.delaySeconds: every challenger of arbitrum is 120 s behind',
    )
    expect(told(`${WINDOW}\n    challengers: { count: 1, delaySeconds: 119 }`)).toBe('')
    // Finality of the L1: 2 epochs of 4 slots of 2 s.
    expect(told('challengeWindowSeconds: 15')).toContain('shorter than the finality of ethereum (16 s)')
    expect(told('challengeWindowSeconds: 16')).toBe('')
  })
})
