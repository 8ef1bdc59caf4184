// Both signing schemes under one suite: the stand-in must refuse whatever the real one refuses.

import { signerConformance } from '@solvent/ports/testing'
import { asNodeId } from '@solvent/primitives'
import {
  addressOf,
  createSecp256k1Signer,
  createSecp256k1Verifier,
  createStandInSigner,
  createStandInVerifier,
  privateKeyOf,
} from '@solvent/protocol'

const SEED = 'signer conformance'
const keys = ['atlas', 'borealis'].map((name) => privateKeyOf(SEED, asNodeId(name)))

const real = createSecp256k1Verifier()
signerConformance(() => ({
  name: 'secp256k1',
  signers: keys.map((key) => createSecp256k1Signer(key)),
  verify: (digest, signature, signer) => real.verify(digest, signature as `0x${string}`, signer),
}))

const standIn = createStandInVerifier({ seed: SEED })
signerConformance(() => ({
  name: 'stand-in',
  signers: keys.map((key) => createStandInSigner({ seed: SEED, address: addressOf(key) })),
  verify: (digest, signature, signer) => standIn.verify(digest, signature as `0x${string}`, signer),
}))
