// A transfer that a participant signs before the run: what a rollup's contract on the L1 is given, or what a hidden branch holds.
import { parseUnits } from '@solvent/primitives'
import {
  createSecp256k1Signer,
  createStandInSigner,
  type NetworkSpec,
  privateKeyOf,
  type SignedTransaction,
  type Transaction,
  transactionDigest,
} from '@solvent/protocol'
import { gasOf } from '@solvent/settlement'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { accountOf, tokenAddress } from './addresses.ts'

/** Times the base fee: what a transaction offers that may wait. */
const FEE_FACTOR = 4n

export interface WrittenTransfer {
  readonly chain: string
  readonly from: string
  readonly asset: string
  /** Whole units. */
  readonly amount: string
  readonly to: string
  readonly nonce: number
}

export function signedTransfer(
  { chain, from, asset, amount, to, nonce }: WrittenTransfer,
  {
    scenario,
    spec,
    seed,
  }: { readonly scenario: Scenario; readonly spec: NetworkSpec; readonly seed: string },
): SignedTransaction {
  const chainId = chainIdOf(scenario, chain)
  const { baseFee } = spec.chains.find((each) => each.chainId === chainId)!
  const sender = accountOf(seed, from)
  const transaction: Transaction = {
    chainId,
    from: sender,
    nonce,
    gasLimit: gasOf('transfer'),
    maxFeePerGas: FEE_FACTOR * baseFee,
    maxPriorityFeePerGas: 0n,
    call: {
      kind: 'transfer',
      token: tokenAddress(scenario, chain, asset),
      to: accountOf(seed, to),
      amount: parseUnits(amount, scenario.assets[asset]!.decimals),
    },
  }
  const signer =
    spec.signatures === 'secp256k1'
      ? createSecp256k1Signer(privateKeyOf(seed, from))
      : createStandInSigner({ seed, address: sender })
  return { transaction, signature: signer.sign(transactionDigest(transaction)) }
}
