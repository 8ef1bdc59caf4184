import type { Hash32 } from '@solvent/primitives'
import type { Block, BridgeSpec, NetworkSpec } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { createClaimCount } from './claim-count.ts'

const [HOME, FAR] = [1, 2]
const [LOCKED, WRAPPED] = ['0xaa', '0xbb']
/** Six decimals at home, eight on the other side. */
const spec = {
  tokens: [
    { chainId: HOME, address: LOCKED, symbol: 'T', decimals: 6 },
    { chainId: FAR, address: WRAPPED, symbol: 'T', decimals: 8 },
  ],
} as unknown as NetworkSpec
const bridge = {
  address: '0xb',
  routes: [
    {
      symbol: 'T',
      home: { chainId: HOME, token: LOCKED },
      wrapped: [{ chainId: FAR, token: WRAPPED }],
    },
  ],
} as unknown as BridgeSpec

type Step = 'locked' | 'burned' | 'minted' | 'released'

/** `units` of 10^-6. */
function block(step: Step, message: string, units: bigint): Block {
  const isHome = step === 'locked' || step === 'released'
  const [chainId, token, amount] = isHome ? [HOME, LOCKED, units] : [FAR, WRAPPED, units * 100n]
  const event = { kind: 'bridge-transfer', bridge: '0xb', step, token, amount, message: message as Hash32 }
  return { header: { chainId }, receipts: [{ events: [event] }] } as unknown as Block
}

function grown(...blocks: Block[]): bigint {
  const count = createClaimCount(spec, bridge)
  for (const each of blocks) count.onBlock(each)
  return count.grownBy('T')
}

describe('an issuer’s count of claims', () => {
  it('grows by what is locked, whether it has arrived or not', () => {
    expect(grown(block('locked', 'm', 5n))).toBe(5n)
    expect(grown(block('locked', 'm', 5n), block('minted', 'm', 5n))).toBe(5n)
    expect(grown(block('minted', 'm', 5n), block('locked', 'm', 5n))).toBe(5n)
  })

  it('falls by what was sent home once it is paid, also where a shared loss pays less', () => {
    expect(grown(block('burned', 'm', 7n))).toBe(0n)
    expect(grown(block('burned', 'm', 7n), block('released', 'm', 7n))).toBe(-7n)
    expect(grown(block('burned', 'm', 7n), block('released', 'm', 3n))).toBe(-7n)
  })

  it('a release of what nobody sent takes no claim away, a mint of it makes one, and so does a second mint', () => {
    expect(grown(block('released', 'forged', 9n))).toBe(0n)
    expect(grown(block('minted', 'forged', 9n))).toBe(9n)
    expect(grown(block('locked', 'm', 5n), block('minted', 'm', 5n), block('minted', 'm', 5n))).toBe(10n)
  })

  it('takes back what a re-org takes back, and knows no other asset', () => {
    const count = createClaimCount(spec, bridge)
    const [sent, paid] = [block('burned', 'm', 7n), block('released', 'm', 7n)]
    for (const each of [sent, paid]) count.onBlock(each)
    count.onOrphaned(paid)
    expect(count.grownBy('T')).toBe(0n)
    expect(count.grownBy('U')).toBe(0n)
  })
})
