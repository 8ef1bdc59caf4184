import { expect, it } from 'vitest'
import { shortenedName } from './shortened-name.ts'

it('keeps short names, and both ends of long ones', () => {
  expect(shortenedName('kelp-oft/rsETH')).toBe('kelp-oft/rsETH')
  expect(shortenedName('kelp-oft/escrow/USDC@ethereum')).toBe('kelp-oft…USDC@ethereum')
  // Neither has a part between ends.
  expect(shortenedName('a-name-without-strokes-that-is-long')).toBe('a-name-without-strokes-that-is-long')
  expect(shortenedName('a-very-long-bridge-name/wstETH')).toBe('a-very-long-bridge-name…wstETH')
})
