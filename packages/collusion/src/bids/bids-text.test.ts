import { describe, expect, it } from 'vitest'
import { bidsTextOf } from './bids-text.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('the text of a file of bids', () => {
  it('is what stands there, without the mark of its encoding', () => {
    expect(bidsTextOf('b.csv', bytes('\uFEFFtender,bidder\tü\r\n1,a'))).toBe('tender,bidder\tü\r\n1,a')
  })

  it.each([
    // The first bytes of PNG, ELF and UTF-16.
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'not text in UTF-8'],
    [
      'a program',
      Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0),
      'line 1: not text (got the control character U+007F)',
    ],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x74, 0), 'not text in UTF-8'],
    ['zeros', bytes('tender,bidder\n1,\0'), 'line 2: not text (got the control character U+0000)'],
    [
      'commands of a terminal',
      bytes('tender\u001b[2J'),
      'line 1: not text (got the control character U+001B)',
    ],
    [
      'the same in one character',
      bytes('tender\u009b2J'),
      'line 1: not text (got the control character U+009B)',
    ],
  ])('%s has none, and nothing of it is shown', (_, content, problem) => {
    expect(() => bidsTextOf('b.csv', content)).toThrow(
      expect.objectContaining({ code: 'E_BIDS', shortMessage: `The bids are refused.\n\n${problem}` }),
    )
  })
})
