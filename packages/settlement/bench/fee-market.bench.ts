// What a fee market costs the engine: ten chains that nobody in this network uses, over a week of slots of 12 s, with an
// empty block every 32 slots as L1s make them; with a constant fee, with EIP-1559 and blobs, and with a rush of ×500 a day.
import { asChainId, asHash32, asNodeId } from '@solvent/primitives'
import {
  addressOf,
  type ChainSpec,
  contractAddress,
  createStandInSigner,
  createStandInVerifier,
  type NetworkSpec,
  privateKeyOf,
} from '@solvent/protocol'
import { noContracts } from '@solvent/protocol/testing'
import { createChainEngine, excessOfFee } from '@solvent/settlement'

export const name = 'fee market: ten idle chains, one week of slots'

const SEED = 'bench'
const CHAINS = 10
const SLOT_MS = 12_000
const SLOTS = (7 * 86_400_000) / SLOT_MS
const DAY_SLOTS = SLOTS / 7
const HEARTBEAT_SLOTS = 32
const GWEI = 1_000_000_000n
const producer = addressOf(privateKeyOf(SEED, 'producer'))

type Market = Pick<ChainSpec, 'feeMarket' | 'blobMarket'>

const constant: Market = {}
const moving: Market = {
  feeMarket: { elasticity: 2, denominator: 8, minBaseFee: 0n, equilibriumBaseFee: 2n * GWEI },
  blobMarket: {
    targetBlobs: 6,
    maxBlobs: 9,
    updateFraction: 5_007_716,
    equilibriumBlobBaseFee: GWEI,
    genesisExcessBlobGas: excessOfFee({ updateFraction: 5_007_716 }, GWEI),
  },
}

function specOf(market: Market): NetworkSpec {
  const chains = Array.from(
    { length: CHAINS },
    (_, i): ChainSpec => ({
      chainId: asChainId(i + 1),
      name: `l1-${i}`,
      slotMs: SLOT_MS,
      producers: [{ node: asNodeId('producer'), address: producer }],
      settler: contractAddress('settler', `l1-${i}`),
      gasLimit: 60_000_000,
      baseFee: 2n * GWEI,
      ...market,
      consensus: { kind: 'l1', epochSlots: HEARTBEAT_SLOTS, finalityEpochs: 2 },
    }),
  )
  return {
    ...noContracts,
    networkId: asHash32(`0x${'11'.repeat(32)}`),
    genesisMs: 1_700_000_000_000,
    signatures: 'stand-in',
    chains,
    tokens: [],
    markets: [],
    bridges: [],
    auctioneers: [],
    solvers: [],
    operators: [],
  }
}

/** Milliseconds for all chains; `rushes` begin one of an hour and ×500 every day. */
function week(market: Market, rushes: boolean): number {
  const spec = specOf(market)
  const verifier = createStandInVerifier({ seed: SEED })
  const signer = createStandInSigner({ seed: SEED, address: producer })
  const start = performance.now()
  for (const { chainId } of spec.chains) {
    const engine = createChainEngine({
      spec,
      chainId,
      genesis: { chainId, accounts: [], balances: [] },
      verifier,
      signer,
    })
    for (let number = HEARTBEAT_SLOTS; number <= SLOTS; number += HEARTBEAT_SLOTS) {
      const begins = rushes && number % DAY_SLOTS < HEARTBEAT_SLOTS
      const demand = begins ? { gas: { percent: 50_000, until: number + 300 } } : {}
      engine.produce({ number, allowEmpty: true, demand })
    }
  }
  return performance.now() - start
}

export function run(): void {
  week(moving, true)
  const [plain, market, rush] = [week(constant, false), week(moving, false), week(moving, true)]
  console.log(
    `constant fee ${plain.toFixed(0)} ms, EIP-1559 and blobs ${market.toFixed(0)} ms, a rush a day ${rush.toFixed(0)} ms`,
  )
}
