// T-10 on blocks written by hand: a bond, promises that are kept and broken, and what each must not cost.
import { asHash32 } from '@solvent/primitives'
import {
  type NetworkSpec,
  type Preconfirmation,
  preconfirmationDigest,
  type SignedPreconfirmation,
  transactionDigest,
} from '@solvent/protocol'
import { expect, it } from 'vitest'
import { createAuditor } from './create-auditor.ts'
import { type DraftBlock, type DraftTransaction, Sealer } from './testing/draft.ts'
import { address, GAS, genesis, L1, spec as plain, sign, verifier } from './testing/network.ts'

const PENALTY = 200n
const spec: NetworkSpec = {
  ...plain,
  chains: plain.chains.map((chain) =>
    chain.chainId === L1
      ? { ...chain, preconfirmations: { bond: 500n, penalty: PENALTY, withinSlots: 2 } }
      : chain,
  ),
}
const producer = address('l1-producer')
const CONTRACT = address('guardian')
const MISSING = asHash32(`0x${'ee'.repeat(32)}`)

const block = (number: number, ...transactions: DraftTransaction[]): DraftBlock => ({
  chainId: L1,
  number,
  transactions,
})

const bond = (amount = 500n, taken = amount): DraftTransaction => ({
  from: 'l1-producer',
  call: { kind: 'bond-preconfirmations', amount },
  entries: [
    {
      cause: 'bond-post',
      legs: [
        { kind: 'USER', owner: producer, token: GAS, amount: -taken },
        { kind: 'BOND', owner: CONTRACT, token: GAS, amount: taken },
      ],
    },
  ],
  events: [{ kind: 'preconfirmations-bonded', producer, amount }],
})

function promised(changes: Partial<Preconfirmation> = {}): SignedPreconfirmation {
  const preconfirmation = {
    chainId: L1,
    producer,
    transactionHash: MISSING,
    sender: address('alice'),
    nonce: 7,
    block: 3,
    ...changes,
  }
  return { preconfirmation, signature: sign('l1-producer', preconfirmationDigest(preconfirmation)) }
}

const proof = (
  promise: SignedPreconfirmation,
  { amount = PENALTY, reward = amount / 2n }: { amount?: bigint; reward?: bigint } = {},
): DraftTransaction => ({
  from: 'atlas',
  call: { kind: 'prove-broken-promise', promise },
  entries: [
    {
      cause: 'bond-forfeit',
      legs: [
        { kind: 'BOND', owner: CONTRACT, token: GAS, amount: -amount },
        { kind: 'USER', owner: promise.preconfirmation.sender, token: GAS, amount: reward },
        { kind: 'BURN', owner: '', token: GAS, amount: amount - reward },
      ],
    },
  ],
  events: [{ kind: 'promise-broken', preconfirmation: promise.preconfirmation, amount }],
})

const refused = (promise: SignedPreconfirmation): DraftTransaction => ({
  from: 'atlas',
  call: { kind: 'prove-broken-promise', promise },
  entries: [],
  events: [],
  reverted: 'promise-kept',
})

const pay: DraftTransaction = {
  from: 'alice',
  call: { kind: 'transfer', token: GAS, to: address('atlas'), amount: 1n },
  entries: [],
  events: [],
}

/** What T-10 says after these blocks. */
function breaches(drafts: readonly DraftBlock[]): string[] {
  const auditor = createAuditor({ spec, genesis, verifier, applicable: 'sim' })
  const sealer = new Sealer()
  for (const draft of drafts) auditor.block(sealer.seal(draft))
  return auditor.finish().broken.flatMap(({ id, detail }) => (id === 'T-10' ? [detail] : []))
}

/** The promise about alice's payment in the block of this number. */
function aboutPayment(number: number, by: number): SignedPreconfirmation {
  const { transaction } = new Sealer().seal(block(number, pay)).transactions[0]!
  return promised({ transactionHash: transactionDigest(transaction), nonce: transaction.nonce, block: by })
}

it('accepts a bond and the penalty of a promise that was broken, once the block that it names has passed', () => {
  expect(breaches([block(1, bond()), block(4, proof(promised()))])).toEqual([])
})

it('takes what is left of the bond when that is less than the penalty', () => {
  const rest = [
    proof(promised()),
    proof(promised({ nonce: 8 })),
    proof(promised({ nonce: 9 }), { amount: 100n }),
  ]
  expect(breaches([block(1, bond()), block(4, ...rest)])).toEqual([])
  expect(breaches([block(1, bond(300n)), block(4, ...rest)]).join()).toContain('the bond of')
})

it.each<[string, readonly DraftBlock[], string]>([
  [
    'a penalty that is too small',
    [block(1, bond()), block(4, proof(promised(), { amount: 100n }))],
    'paid 100',
  ],
  [
    'a sender who gets all of it',
    [block(1, bond()), block(4, proof(promised(), { reward: PENALTY }))],
    '0 burned',
  ],
  [
    'a promise paid for twice',
    [block(1, bond()), block(4, proof(promised()), proof(promised()))],
    'a second time',
  ],
  [
    'a promise whose time has not passed',
    [block(1, bond()), block(3, proof(promised()))],
    'may be kept until block 3',
  ],
  [
    'a promise that was kept',
    [block(1, bond()), block(3, pay), block(4, proof(aboutPayment(3, 3)))],
    'kept in block 3',
  ],
  [
    'a promise whose sender took the nonce for something else',
    [block(1, bond()), block(3, pay), block(4, proof(promised({ nonce: 0 })))],
    'has used nonce 0 otherwise',
  ],
  [
    'a promise that somebody else signed',
    [block(1, bond()), block(4, proof({ ...promised(), signature: sign('alice', MISSING) }))],
    'whose signature',
  ],
  [
    'a broken promise whose proof is refused',
    [block(1, bond()), block(4, refused(promised()))],
    'its proof is refused',
  ],
  ['a bond that the journal does not hold', [block(1, bond(500n, 400n))], 'the journal takes 400'],
])('catches %s', (_what, drafts, detail) => {
  expect(breaches(drafts).join('; ')).toContain(detail)
})

it('takes bonds, payments and inclusions of a branch that is left back', () => {
  const auditor = createAuditor({ spec, genesis, verifier, applicable: 'sim' })
  const sealer = new Sealer()
  const root = sealer.seal(block(1, bond()))
  auditor.block(root)
  auditor.block(sealer.seal(block(4, proof(promised()))))
  // The other branch pays for the same promise, once.
  auditor.block(sealer.seal({ ...block(5, proof(promised())), parent: root }))
  expect(auditor.broken.filter(({ id }) => id === 'T-10')).toEqual([])
})
