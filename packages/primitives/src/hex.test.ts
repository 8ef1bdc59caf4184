import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesToHex, concatBytes, equalBytes, hexToBytes } from './index.ts'

test('bytes survive the way to hex and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = bytesToHex(bytes)
      expect(text).toBe(`0x${Buffer.from(bytes).toString('hex')}`)
      expect(hexToBytes(text)).toEqual(bytes)
      expect(hexToBytes(`0x${text.slice(2).toUpperCase()}`)).toEqual(bytes)
    }),
  )
})

test.each(['', '0', '00', '0x0', '0xgg', '0X00', '0x0é', '0x0\u{0130}', '0x/0', '0x:0'])(
  '%j is no hex',
  (text) => {
    expect(() => hexToBytes(text)).toThrowError(expect.objectContaining({ code: 'E_BAD_HEX' }))
  },
)

test('every single character that is not a hex digit is refused', () => {
  for (let unit = 0; unit < 0x180; unit++) {
    const digit = String.fromCharCode(unit)
    if (/^[0-9a-fA-F]$/.test(digit))
      expect(hexToBytes(`0x0${digit}`)).toEqual(new Uint8Array([parseInt(digit, 16)]))
    else expect(() => hexToBytes(`0x0${digit}`)).toThrowError('hex byte string')
  }
})

test('joined bytes are the parts in order', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 5 }), (parts) => {
      expect(concatBytes(...parts)).toEqual(new Uint8Array(parts.flatMap((part) => [...part])))
    }),
  )
})

test('equality looks at length and every byte', () => {
  expect(equalBytes(new Uint8Array([1, 2]), new Uint8Array([1, 2]))).toBe(true)
  expect(equalBytes(new Uint8Array([1, 2]), new Uint8Array([1, 3]))).toBe(false)
  expect(equalBytes(new Uint8Array([1]), new Uint8Array([1, 2]))).toBe(false)
})
