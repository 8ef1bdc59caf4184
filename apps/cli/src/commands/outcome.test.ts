import type { RunSummary, Timekeeping } from '@solvent/experiments'
import { expect, it, onTestFinished, vi } from 'vitest'
import { EXIT } from '../exit-code.ts'
import { outcomeCode } from './outcome.ts'

const KEPT: Timekeeping = {
  asked: 80,
  slowest: 80,
  latestSeconds: 1,
  toleratedSeconds: 30,
  fellBehind: false,
}
const FELL_BEHIND: Timekeeping = { ...KEPT, latestSeconds: 41.27, fellBehind: true }

/** What becomes of runs of which each kept time so well, and met its expectation or did not. */
function outcomeOf(...runs: readonly (readonly [timekeeping: Timekeeping | null, ok: boolean])[]) {
  const stderr = vi.spyOn(process.stderr, 'write').mockClear().mockReturnValue(true)
  onTestFinished(() => {
    vi.restoreAllMocks()
  })
  const summaries = runs.map(([timekeeping, ok]) => ({
    timekeeping,
    refusals: [],
    invariants: { broken: [] },
    expectations: [{ name: 'filled', ok, got: 1, want: '≥ 2' }],
  }))
  const code = outcomeCode(
    summaries.map((summary) => ({ summary: summary as unknown as RunSummary, lost: [] })),
    'again',
  )
  return { code, said: stderr.mock.calls.flat().join('') }
}

it('an expectation that fails in a run which kept time has failed', () => {
  expect(outcomeOf([KEPT, false]).code).toBe(EXIT.expectation)
  expect(outcomeOf([null, false], [FELL_BEHIND, false]).code).toBe(EXIT.expectation)
  expect(outcomeOf([KEPT, true], [null, true])).toEqual({ code: EXIT.ok, said: '' })
})

it('one that fails only where the machine fell behind is no verdict, and says why', () => {
  const { code, said } = outcomeOf([FELL_BEHIND, false], [null, true])
  expect(code).toBe(EXIT.io)
  expect(said).toContain('expectation failed: filled (got 1, want ≥ 2)')
  expect(said).toContain('timers up to 41.3 virtual seconds late (tolerated: 30)')
})

it('a machine that fell behind is named although everything was as expected', () => {
  const { code, said } = outcomeOf([FELL_BEHIND, true])
  expect(code).toBe(EXIT.ok)
  expect(said).toContain('lower live.acceleration')
})

it('what nodes refused of the schedule is said', () => {
  const stderr = vi.spyOn(process.stderr, 'write').mockClear().mockReturnValue(true)
  onTestFinished(() => {
    vi.restoreAllMocks()
  })
  const summary = {
    runtime: 'sim',
    timekeeping: null,
    refusals: [{ id: 'seq-ethereum/reorg', atSeconds: 900, reason: 'final' }],
    invariants: { broken: [] },
    expectations: [],
  } as unknown as RunSummary
  expect(outcomeCode([{ summary, lost: [] }], 'again')).toBe(EXIT.ok)
  expect(stderr.mock.calls.flat().join('')).toContain('refused on sim at 900 s: seq-ethereum/reorg: final')
})
