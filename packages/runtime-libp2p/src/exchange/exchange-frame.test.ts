import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrame, type ExchangeFrame, encodeFrame } from './exchange-frame.ts'

const id = fc.integer({ min: 1, max: 0xffffffff })
const body = fc.uint8Array({ maxLength: 64 })
const frame: fc.Arbitrary<ExchangeFrame> = fc.oneof(
  fc.record({ kind: fc.constant('direct' as const), body }),
  fc.record({
    kind: fc.constant('request' as const),
    id,
    timeoutMs: fc.integer({ min: 0, max: 0xffffffff }),
    body,
  }),
  fc.record({ kind: fc.constant('reply' as const), id, body }),
  fc.record({
    kind: fc.constant('refusal' as const),
    id,
    reason: fc.constantFrom('refused' as const, 'too-large' as const),
  }),
)

describe('exchange frames', () => {
  it('come back as they went', () => {
    fc.assert(
      fc.property(frame, (sent) => {
        expect(decodeFrame(encodeFrame(sent))).toEqual(sent)
      }),
    )
  })

  it('have one spelling: bytes that decode are the bytes of what they decode to', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 24 }), frame.map(encodeFrame)), (bytes) => {
        let read: ExchangeFrame
        try {
          read = decodeFrame(bytes)
        } catch (error) {
          expect(error).toMatchObject({ code: 'E_MALFORMED' })
          return
        }
        expect(encodeFrame(read)).toEqual(bytes)
      }),
    )
  })
})
