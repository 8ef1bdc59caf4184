import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTraceDigest, type TraceDigest } from './index.ts'

type Event = [timeMs: number, priority: number, sequence: number, handler: number, a: number, b: number]

function digestOf(events: readonly Event[], blockEvents = 4): string {
  const digest = createTraceDigest({ blockEvents })
  for (const event of events) digest.mixEvent(...event)
  return digest.hex()
}

const event: fc.Arbitrary<Event> = fc.tuple(
  fc.maxSafeNat(),
  fc.nat({ max: 1023 }),
  fc.nat(),
  fc.nat({ max: 2 ** 20 - 1 }),
  fc.double({ noNaN: true }),
  fc.double({ noNaN: true }),
)

describe('trace digest', () => {
  it('is what a second implementation makes of its definition', () => {
    // From a transcription of the definition into Python 3.11 (hashlib, struct, integers masked to 32 bits).
    const digest = createTraceDigest({ blockEvents: 4 })
    digest.mixString('Solvent 1 🌐')
    digest.mixWord(-2)
    for (let n = 0; n < 10; n++) {
      digest.mixEvent(1_776_470_400_000 + 1000 * n, n % 3, n, n % 2, n * 0.5 - 1, n === 0 ? -0 : -7 * n)
    }
    expect(digest.hex()).toBe('0xbc027e02936b5713e894f3ea20c3f9bd264649e9dbfb1ca79b37c89302bf64c4')
  })

  it('is the same for the same events', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        expect(digestOf(events)).toBe(digestOf(events.map((one) => [...one])))
      }),
    )
  })

  it('differs when any field of any one event differs', () => {
    const change = fc.tuple(fc.array(event, { minLength: 1, maxLength: 20 }), fc.nat(), fc.nat({ max: 5 }))
    fc.assert(
      fc.property(change, ([events, pick, field]) => {
        const index = pick % events.length
        const changed = events.map((one) => [...one] as Event)
        const value = changed[index]![field]!
        changed[index]![field] = field === 1 ? value ^ 1 : field > 3 ? (value === 0 ? 1 : -value) : value + 1
        expect(digestOf(changed)).not.toBe(digestOf(events))
      }),
    )
  })

  it('differs when two events change places', () => {
    fc.assert(
      fc.property(event, event, (first, second) => {
        fc.pre(first.some((value, i) => !Object.is(value, second[i])))
        expect(digestOf([first, second])).not.toBe(digestOf([second, first]))
      }),
    )
  })

  it('tells the low bits of a float, its sign and its zero apart, and knows one NaN', () => {
    const values = [
      0,
      -0,
      1,
      -1,
      0.1,
      0.1 + Number.EPSILON / 8,
      2 ** 32,
      2 ** 32 + 1,
      Number.MIN_VALUE,
      Number.NaN,
    ]
    const digests = values.map((value) => digestOf([[1, 2, 3, 4, value, 0]]))
    expect(new Set(digests).size).toBe(values.length)
    const otherNaN = new Float64Array(new Uint32Array([1, 0xfff80000]).buffer)[0]!
    expect(digestOf([[1, 2, 3, 4, otherNaN, 0]])).toBe(digests.at(-1))
  })

  it('has no collision among 4,000 traces of one event with a small number in one of two fields', () => {
    const digests = new Set<string>()
    for (let n = 0; n < 2000; n++) digests.add(digestOf([[n, 0, 0, 0, 0, 0]]))
    for (let n = 1; n <= 2000; n++) digests.add(digestOf([[0, 0, 0, 0, n, 0]]))
    expect(digests.size).toBe(4000)
  })

  it('can be read in the middle without changing what follows', () => {
    const mix = (digest: TraceDigest, isRead: boolean) => {
      for (let n = 0; n < 9; n++) {
        digest.mixEvent(n, 0, n, 0, n, n)
        if (isRead) digest.hex()
      }
      return digest.hex()
    }
    const blocks = { blockEvents: 4 }
    expect(mix(createTraceDigest(blocks), true)).toBe(mix(createTraceDigest(blocks), false))
  })

  it('counts its events over blocks', () => {
    const digest = createTraceDigest({ blockEvents: 4 })
    for (let n = 0; n < 11; n++) digest.mixEvent(n, 0, n, 0, 0, 0)
    expect(digest.events).toBe(11)
  })

  it('covers words and texts, with their lengths and places', () => {
    const texts = ['', '\0', 'a', 'a\0', 'ab', 'ba', 'abcd', 'abcde', 'bacd', 'a😀', 'a😁']
    const digests = texts.map((text) => {
      const digest = createTraceDigest()
      digest.mixString(text)
      return digest.hex()
    })
    const words = [0, 1, -1].map((word) => {
      const digest = createTraceDigest()
      digest.mixWord(word)
      return digest.hex()
    })
    expect(new Set([...digests, ...words, createTraceDigest().hex()]).size).toBe(texts.length + 4)
  })

  it('refuses blocks without events', () => {
    for (const blockEvents of [0, -1, 1.5, Number.NaN])
      expect(() => createTraceDigest({ blockEvents })).toThrow(/at least one/)
  })
})
