import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesToHex, concatBytes, equalBytes, hexInto, hexToBytes } from './index.ts'

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

test('hex is read into its place, and any character that is no lower-case digit is refused wherever it stands', () => {
  // Four digits are read at once, up to 256 of them by way of bytes: lengths around both.
  for (const length of [1, 2, 3, 4, 127, 128, 129]) {
    const target = new Uint8Array(length + 2)
    for (const place of [0, 1, 2, 3, 2 * length - 2, 2 * length - 1]) {
      for (let unit = 0; unit < 0x180; unit++) {
        const digits = 'a9'.repeat(length)
        const text = `0x${digits.slice(0, place)}${String.fromCharCode(unit)}${digits.slice(place + 1)}`
        const isHex = /^0x([0-9a-f]{2})*$/.test(text)
        expect(hexInto(target, 1, text)).toBe(isHex)
        if (isHex) expect(target.subarray(1, 1 + length)).toEqual(hexToBytes(text))
      }
    }
    expect([target[0], target[length + 1]]).toEqual([0, 0])
  }
  for (const text of ['', '0', '0x0', 'a9a9', '0X00', '1x00'])
    expect(hexInto(new Uint8Array(4), 0, text)).toBe(false)
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
