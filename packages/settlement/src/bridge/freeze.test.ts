import type { PauseAuthority } from '@solvent/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterPause, afterUnpause, blockedByFreeze, type Freeze, NOT_FROZEN } from './freeze.ts'

const blocked = (freeze: Freeze, now: number): boolean => blockedByFreeze(freeze, now, 'release')

describe('pausing', () => {
  test('holds through the last second of `until`, and without end when it is 0', () => {
    const freeze = afterPause(NOT_FROZEN, 'issuer', 100)
    expect([99, 100, 101].map((now) => blocked(freeze, now))).toEqual([true, true, false])
    expect(blocked(afterPause(NOT_FROZEN, 'issuer', 0), 2 ** 32 - 1)).toBe(true)
  })

  test.each<{ pause: PauseAuthority; unpause: PauseAuthority; lifts: boolean }>([
    { pause: 'issuer', unpause: 'issuer', lifts: true },
    { pause: 'issuer', unpause: 'guardian', lifts: true },
    { pause: 'guardian', unpause: 'guardian', lifts: true },
    { pause: 'guardian', unpause: 'issuer', lifts: false },
  ])('by the $pause is lifted by the $unpause: $lifts', ({ pause, unpause, lifts }) => {
    const after = afterUnpause(afterPause(NOT_FROZEN, pause, 0), unpause, 50)
    expect(after === null).toBe(!lifts)
    if (after !== null) expect(blocked(after, 50)).toBe(false)
  })

  test('by the guardian outlives anything the issuer does', () => {
    const issuerAct = fc.oneof(fc.nat(400), fc.constant('unpause' as const))
    fc.assert(
      fc.property(fc.nat(200), fc.array(issuerAct, { maxLength: 6 }), fc.nat(200), (until, acts, now) => {
        let freeze = afterPause(NOT_FROZEN, 'guardian', until)
        const held = blocked(freeze, now)
        for (const act of acts) {
          freeze =
            act === 'unpause'
              ? (afterUnpause(freeze, 'issuer', now) ?? freeze)
              : afterPause(freeze, 'issuer', act)
        }
        if (held) expect(blocked(freeze, now)).toBe(true)
      }),
    )
  })
})
