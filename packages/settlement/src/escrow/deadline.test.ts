import { describe, expect, test } from 'vitest'
import { expired, fillInTime, openInTime } from './deadline.ts'

// The edges of deployed protocols: OIF open (now < fillDeadline, now < expires), Across and OIF fill (fillDeadline >= now),
// OIF refund (now > expires).
describe('every deadline, one second before, at and after it', () => {
  const around = (deadline: number): number[] => [deadline - 1, deadline, deadline + 1]

  test('an escrow opens up to and at openDeadline', () => {
    const deadlines = { openDeadline: 100, fillDeadline: 200, expires: 300 }
    expect(around(100).map((now) => openInTime(now, deadlines))).toEqual([true, true, false])
  })

  test('an escrow opens only before fillDeadline', () => {
    const deadlines = { openDeadline: 900, fillDeadline: 200, expires: 300 }
    expect(around(200).map((now) => openInTime(now, deadlines))).toEqual([true, false, false])
  })

  test('an escrow opens only before expires', () => {
    const deadlines = { openDeadline: 900, fillDeadline: 900, expires: 300 }
    expect(around(300).map((now) => openInTime(now, deadlines))).toEqual([true, false, false])
  })

  test('a fill is valid up to and at fillDeadline', () => {
    expect(around(200).map((now) => fillInTime(now, 200))).toEqual([true, true, false])
  })

  test('an escrow is refundable only after expires', () => {
    expect(around(300).map((now) => expired(now, 300))).toEqual([false, false, true])
  })
})
