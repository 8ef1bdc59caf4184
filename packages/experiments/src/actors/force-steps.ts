// Steps that force an actor's transaction upon a rollup: signed for the rollup, handed to its contract on the L1.
import { parseUnits } from '@solvent/primitives'
import {
  createSecp256k1Signer,
  createStandInSigner,
  type DigestSigner,
  encodeTransaction,
  privateKeyOf,
  type Transaction,
  transactionDigest,
} from '@solvent/protocol'
import { gasOf } from '@solvent/settlement'
import { accountOf, tokenAddress } from '../assembly/addresses.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkAssetOn } from '../scenario/check-holdings.ts'
import { participantNames } from './participants.ts'
import type { StepFamily, StepResolution } from './step-rule.ts'

/** Times the base fee: what a transaction offers that may wait for its delay. */
const FEE_FACTOR = 4n

export const forceSteps: StepFamily<'force-transfer'> = {
  'force-transfer': {
    check(step, { scenario, path, findings }) {
      const rollups = Object.keys(scenario.chains).filter((name) => scenario.chains[name]?.kind !== 'l1')
      if (findings.reference([...path, 'chain'], 'rollup', step.chain, rollups))
        checkAssetOn(scenario, { symbol: step.asset, chain: step.chain, path: [...path, 'asset'], findings })
      findings.reference([...path, 'to'], 'participant', step.to, participantNames(scenario))
    },
    resolve(step, resolution) {
      const { scenario, seed, actor, spec } = resolution
      const rollup = chainIdOf(scenario, step.chain)
      const chain = spec.chains.find(({ chainId }) => chainId === rollup)!
      const { consensus, baseFee } = chain
      const { decimals } = scenario.assets[step.asset]!
      const transaction: Transaction = {
        chainId: rollup,
        from: accountOf(seed, actor),
        nonce: step.nonce,
        gasLimit: gasOf('transfer'),
        maxFeePerGas: FEE_FACTOR * baseFee,
        maxPriorityFeePerGas: 0n,
        call: {
          kind: 'transfer',
          token: tokenAddress(scenario, step.chain, step.asset),
          to: accountOf(seed, step.to),
          amount: parseUnits(step.amount, decimals),
        },
      }
      const signature = signerOf(resolution).sign(transactionDigest(transaction))
      return {
        chainId: consensus.kind === 'l1' ? rollup : consensus.l1,
        action: {
          kind: 'call',
          call: { kind: 'force-transaction', rollup, raw: encodeTransaction({ transaction, signature }) },
        },
      }
    },
  },
}

function signerOf({ spec, seed, actor }: StepResolution): DigestSigner {
  return spec.signatures === 'secp256k1'
    ? createSecp256k1Signer(privateKeyOf(seed, actor))
    : createStandInSigner({ seed, address: accountOf(seed, actor) })
}
