import { asNodeId } from '@solvent/primitives'
import { createDoor, createSecp256k1Verifier, type SignatureVerifier } from '@solvent/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { orderNetwork, signedOrder } from '../testing/order-network.ts'
import type { SignatureClaim } from './message-door.ts'
import { SignatureChecks } from './signature-checks.ts'

const verifier = createSecp256k1Verifier()
const door = createDoor({ spec: orderNetwork, verifier })
const claimsOf = (n: number): readonly SignatureClaim[] => door.signatures(signedOrder(asNodeId('user-1'), n))

let checks: SignatureChecks | null = null
afterEach(async () => {
  await checks?.close()
  checks = null
})

function makeChecks(
  options: { threads?: number; queue?: number; verifier?: SignatureVerifier } = {},
): SignatureChecks {
  checks = new SignatureChecks({
    verifier,
    threads: 1,
    queue: 512,
    remembered: 1_000,
    ttlMs: 60_000,
    ...options,
  })
  return checks
}

describe('signature checks', () => {
  it('tells good from bad, a few on the main thread and a flood in the pool alike', async () => {
    const good = Array.from({ length: 30 }, (_, n) => claimsOf(n))
    const bad = good.map((claims, n) =>
      claims.map((claim) => ({ ...claim, digest: claimsOf(100 + n)[0]?.digest ?? claim.digest })),
    )
    const made = makeChecks()
    const outcomes = await Promise.all([...good, ...bad].map((claims) => made.check(claims)))
    expect(outcomes).toEqual([...good.map(() => 'valid'), ...bad.map(() => 'invalid')])
  })

  it('verifies the same signature once', async () => {
    const made = makeChecks({ threads: 0 })
    for (let i = 0; i < 5; i++) expect(await made.check(claimsOf(1))).toBe('valid')
    expect(made.computed).toBe(1)
  })

  it('does not remember what failed', async () => {
    const made = makeChecks({ threads: 0 })
    const forged = claimsOf(1).map((claim) => ({ ...claim, digest: claimsOf(2)[0]?.digest ?? claim.digest }))
    expect([await made.check(forged), await made.check(forged)]).toEqual(['invalid', 'invalid'])
    expect(made.computed).toBe(2)
  })

  it('drops the newest when too many wait, and says so', async () => {
    const made = makeChecks({ queue: 3 })
    const outcomes = await Promise.all(Array.from({ length: 6 }, (_, n) => made.check(claimsOf(n))))
    expect(outcomes).toEqual(['valid', 'valid', 'valid', 'overloaded', 'overloaded', 'overloaded'])
  })
})
