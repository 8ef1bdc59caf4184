// What every signing scheme must do, the real one and the stand-in alike: 65 canonical bytes, and the same
// refusals (p2p.md §5 and abuse A5: viem accepts the malleated twin, so each scheme is checked here).
import { type Address, type Hash32, sha256Hex, ZERO_ADDRESS } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'

/** Order of secp256k1 (SEC 2 v2, §2.4.1). */
const GROUP_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** A signing scheme under test; signatures are 0x-prefixed hex of r‖s‖v. */
export interface SignerHarness {
  readonly name: string
  /** Two or more signers with different keys. */
  readonly signers: readonly { readonly address: Address; sign(digest: Hash32): string }[]
  verify(digest: Hash32, signature: string, signer: Address): boolean
}

/** Registers the signer suite for one scheme. */
export function signerConformance(makeHarness: () => SignerHarness): void {
  describe(`signer: ${makeHarness().name}`, () => {
    const digest = sha256Hex(new TextEncoder().encode('signer conformance'))
    const otherDigest = sha256Hex(new TextEncoder().encode('signer conformance, altered'))

    function signed() {
      const harness = makeHarness()
      const [alice, bob] = harness.signers
      if (alice === undefined || bob === undefined) throw new Error('The signer suite needs two signers.')
      return { harness, alice, bob, signature: alice.sign(digest) }
    }

    it('makes 65 lower-case bytes with s in the lower half and v 27 or 28', () => {
      const { harness } = signed()
      for (const signer of harness.signers) {
        for (let i = 0; i < 20; i++) {
          const { s, v, text } = parts(signer.sign(sha256Hex(new Uint8Array([i]))))
          expect(text).toMatch(/^0x[0-9a-f]{130}$/)
          expect(s > 0n && s <= GROUP_ORDER / 2n).toBe(true)
          expect([27, 28]).toContain(v)
        }
      }
    })

    it('signs the same digest the same way each time', () => {
      const { alice, signature } = signed()
      expect(alice.sign(digest)).toBe(signature)
    })

    it('verifies what it signed', () => {
      const { harness } = signed()
      for (const signer of harness.signers) {
        for (let i = 0; i < 20; i++) {
          const each = sha256Hex(new Uint8Array([i, 1]))
          expect(harness.verify(each, signer.sign(each), signer.address)).toBe(true)
        }
      }
    })

    it('refuses another digest', () => {
      const { harness, alice, signature } = signed()
      expect(harness.verify(otherDigest, signature, alice.address)).toBe(false)
    })

    it('refuses another signer, and the zero address', () => {
      const { harness, bob, signature } = signed()
      expect(harness.verify(digest, signature, bob.address)).toBe(false)
      expect(harness.verify(digest, signature, ZERO_ADDRESS)).toBe(false)
    })

    it('refuses every altered byte', () => {
      const { harness, alice, signature } = signed()
      for (let at = 2; at < signature.length; at += 2) {
        const byte = Number.parseInt(signature.slice(at, at + 2), 16) ^ 1
        const altered = `${signature.slice(0, at)}${byte.toString(16).padStart(2, '0')}${signature.slice(at + 2)}`
        expect(harness.verify(digest, altered, alice.address)).toBe(false)
      }
    })

    it('refuses the twin with s in the upper half', () => {
      const { harness, alice, signature } = signed()
      const { r, s, v } = parts(signature)
      const twin = `0x${r}${(GROUP_ORDER - s).toString(16).padStart(64, '0')}${(v === 27 ? 28 : 27).toString(16)}`
      expect(harness.verify(digest, twin, alice.address)).toBe(false)
    })

    it.each([
      ['v as 0 or 1', (text: string) => `${text.slice(0, 130)}${text.endsWith('1b') ? '00' : '01'}`],
      ['v of 29', (text: string) => `${text.slice(0, 130)}1d`],
      ['upper-case hex', (text: string) => `0x${text.slice(2).toUpperCase()}`],
      ['64 bytes', (text: string) => text.slice(0, 130)],
      ['66 bytes', (text: string) => `${text}00`],
      ['no prefix', (text: string) => text.slice(2)],
      ['an odd digit', (text: string) => `${text}0`],
      ['nothing', () => '0x'],
      ['zeros', () => `0x${'0'.repeat(130)}`],
      ['no hex', (text: string) => `${text.slice(0, 130)}zz`],
    ])('refuses %s', (_what, spoil) => {
      const { harness, alice, signature } = signed()
      expect(harness.verify(digest, spoil(signature), alice.address)).toBe(false)
    })
  })
}

function parts(text: string): { text: string; r: string; s: bigint; v: number } {
  return {
    text,
    r: text.slice(2, 66),
    s: BigInt(`0x${text.slice(66, 130)}`),
    v: Number.parseInt(text.slice(130), 16),
  }
}
