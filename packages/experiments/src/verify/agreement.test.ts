import { describe, expect, it } from 'vitest'
import { agrees } from './agreement.ts'

const tolerance = { relative: 1e-3, absolute: 1e-6 }

describe('agreement with what a file expects', () => {
  it('allows the absolute tolerance at zero and adds the relative one to it elsewhere', () => {
    expect(agrees(1e-6, 0, tolerance)).toBe(true)
    expect(agrees(1.1e-6, 0, tolerance)).toBe(false)
    expect(agrees(1001, 1000, tolerance)).toBe(true)
    expect(agrees(1001.1, 1000, tolerance)).toBe(false)
  })

  it('refuses NaN, missing fields, and lists of another length', () => {
    expect(agrees(Number.NaN, 0, tolerance)).toBe(false)
    expect(agrees({}, { a: 1 }, tolerance)).toBe(false)
    expect(agrees([1, 2, 3], [1, 2], tolerance)).toBe(false)
    expect(agrees([1], [1, 2], tolerance)).toBe(false)
    expect(agrees([], {}, tolerance)).toBe(true)
    expect(agrees({}, [], tolerance)).toBe(false)
  })

  it('tells null from zero', () => {
    expect(agrees(0, null, tolerance)).toBe(false)
    expect(agrees(null, null, tolerance)).toBe(true)
  })
})
