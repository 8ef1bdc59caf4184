import { createSeededRng } from '@solvent/ports/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backOffMs } from './back-off.ts'

describe('back-off', () => {
  it('lies between half and one and a half times min(first · 2^(n − 1), cap), in whole ms', () => {
    const stream = createSeededRng('back-off').stream('jitter')
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 5_000 }),
        (failures, firstMs) => {
          const capMs = 60_000
          const centre = Math.min(firstMs * 2 ** Math.min(failures - 1, 20), capMs)
          const waitMs = backOffMs({ firstMs, capMs }, failures, stream)
          expect(Number.isInteger(waitMs)).toBe(true)
          expect(waitMs).toBeGreaterThanOrEqual(Math.floor(centre / 2))
          expect(waitMs).toBeLessThan(centre * 1.5)
        },
      ),
    )
  })

  it('spreads equal failures of equal nodes', () => {
    const stream = createSeededRng('back-off').stream('spread')
    const waits = Array.from({ length: 20 }, () => backOffMs({ firstMs: 1_000, capMs: 1_000 }, 1, stream))
    expect(new Set(waits).size).toBeGreaterThan(15)
  })
})
