import { expect, test } from 'vitest'
import { assertNever } from './index.ts'

test('says what reached it', () => {
  expect(() => assertNever('maybe' as never)).toThrowError(/got: maybe/)
})
