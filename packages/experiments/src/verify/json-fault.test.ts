import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonFault } from './json-fault.ts'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('the place where a text stops being JSON', () => {
  it.each([
    ['', 1, 1],
    ['abc', 1, 1],
    ['{\n  "a": 1,\n}', 3, 1],
    ['{\n  "a": NaN\n}', 2, 8],
    ['[1 2]', 1, 4],
    ['[1,]', 1, 4],
    ['{"a"}', 1, 5],
    ['{"a":1}\n\n x', 3, 2],
    ['[[1]', 1, 5],
    ['[1}', 1, 3],
    ['{"a": "line\nbreak"}', 1, 7],
    ['01', 1, 2],
  ])('of %j is line %i, column %i', (text, line, column) => {
    expect(jsonFault(text)).toEqual({ line, column })
  })

  it('is found exactly where JSON.parse refuses: in no text that it reads, in every other', () => {
    const spoiled = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '}', ']', '"', '0', ' ', '\n', '\\', '-', '{', ':'),
      )
      .map(([text, at, piece]) => {
        const place = at % (text.length + 1)
        return text.slice(0, place) + piece + text.slice(place + (piece === '' ? 1 : 0))
      })
    fc.assert(
      fc.property(fc.oneof(fc.json(), spoiled), (text) => {
        expect(jsonFault(text) === null).toBe(isJson(text))
      }),
      { numRuns: 2_000 },
    )
  })

  it('does not depend on how deep the text is nested', () => {
    expect(jsonFault('['.repeat(1_000_000))).toEqual({ line: 1, column: 1_000_001 })
  })
})
