import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ForcedService } from './forced-service.ts'

const terms = {
  buffer: { thresholdSeconds: 60, maxSeconds: 3_600, replenishBps: 500 },
  delayMs: 3_600_000,
  slotMs: 12_000,
}
/** Blocks that pass, and how many of what waits are then read, by whom; null: the L1 takes another. */
const anyStep = fc.tuple(
  fc.integer({ min: 1, max: 400 }),
  fc.option(fc.integer({ min: 1, max: 4 })),
  fc.constantFrom('batch' as const, 'call' as const),
)

it('is as it was when what an L1 block did is taken back', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 20 }), (steps) => {
      const service = new ForcedService<number>(terms)
      const state = () =>
        JSON.stringify([
          service.read,
          service.awaited,
          service.awaited.map((_, i) =>
            [0, 100, 200, 300, 400].map((late) => service.mayCall(i + 1, late * 20)),
          ),
        ])
      const before: (readonly [string, () => void])[] = []
      let block = 1
      for (const [i, [gap, read, by]] of steps.entries()) {
        block += gap
        const isRead = read !== null && service.mayBatch(service.read + read)
        before.push([state(), isRead ? () => service.unread() : () => service.untake()])
        if (isRead) service.note(service.read + read, by, block)
        else service.take(i, block)
      }
      for (const [was, takeBack] of before.reverse()) {
        takeBack()
        expect(state()).toBe(was)
      }
    }),
  )
})
