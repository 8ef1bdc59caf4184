import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ForcedService } from './forced-service.ts'

const terms = {
  buffer: { thresholdSeconds: 60, maxSeconds: 3_600, replenishBps: 500 },
  delayMs: 3_600_000,
  slotMs: 12_000,
}
/** Blocks that pass, and how many of what waits a batch then reads; null: the L1 takes another. */
const anyStep = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.option(fc.nat(4)))

it('is as it was when what an L1 block did is taken back', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 20 }), (steps) => {
      const service = new ForcedService<number>(terms)
      const state = () =>
        JSON.stringify([service.read, service.awaited, service.take(-1, 9_999), service.untake()])
      const before: (readonly [string, () => void])[] = []
      let block = 1
      for (const [i, [gap, read]] of steps.entries()) {
        block += gap
        before.push([state(), read === null ? () => service.untake() : () => service.unbatch()])
        if (read === null) service.take(i, block)
        else service.batch(Math.min(service.awaited.length, service.read + read), block, block - 25)
      }
      for (const [was, takeBack] of before.reverse()) {
        takeBack()
        expect(state()).toBe(was)
      }
    }),
  )
})
