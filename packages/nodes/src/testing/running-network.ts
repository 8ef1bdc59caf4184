// The small network running on loopback ports: real engines behind real sequencers, and whatever else a test adds.
import {
  createLoopback,
  createProbe,
  type Loopback,
  type LoopbackOptions,
  type Probe,
  type ProbeBehaviour,
} from '@solvent/ports/testing'
import { asNodeId, type ChainId, type NodeId } from '@solvent/primitives'
import {
  addressOf,
  type Block,
  type ChainEvent,
  createStandInSigner,
  createStandInVerifier,
  type Genesis,
  type GenesisBalance,
  type NetworkSpec,
  privateKeyOf,
  type Receipt,
  type SolventVocabulary,
} from '@solvent/protocol'
import { type ChainEngine, createChainEngine } from '@solvent/settlement'
import { createSequencer } from '../sequencer/sequencer.ts'
import {
  address,
  GENESIS_MS,
  L1,
  node,
  parties,
  ROLLUP,
  SEED,
  smallNetwork,
  tokens,
  weakBridge,
} from './small-network.ts'

export const signerOf = (id: NodeId) =>
  createStandInSigner({ seed: SEED, address: addressOf(privateKeyOf(SEED, id)) })
export const verifier = createStandInVerifier({ seed: SEED })

const ETHER = 10n ** 18n
const USDC = 10n ** 6n

/** Everybody has gas, users and solvers have USDC on both chains, and rsETH is locked behind what is wrapped. */
export const smallGenesis: readonly Genesis[] = [L1, ROLLUP].map((chainId) => {
  const usdc = chainId === L1 ? tokens.usdcL1 : tokens.usdcRollup
  const balances: GenesisBalance[] = Object.values(parties).flatMap((party) => [
    { kind: kindOf(party.node), owner: party.address, token: tokens.gas, amount: 100n * ETHER },
    { kind: kindOf(party.node), owner: party.address, token: usdc, amount: 1_000_000n * USDC },
  ])
  const rsEth: GenesisBalance =
    chainId === L1
      ? { kind: 'BRIDGE_LOCK', owner: weakBridge, token: tokens.rsEthL1, amount: 1_000n * ETHER }
      : { kind: 'USER', owner: address('user-1'), token: tokens.rsEthRollup, amount: 1_000n * ETHER }
  const accounts = (['atlas', 'borealis'] as const).map((name) => ({
    address: address(name),
    kind: 'SOLVER' as const,
  }))
  return { chainId, balances: [...balances, rsEth], accounts }
})

function kindOf(id: NodeId): 'USER' | 'SOLVER' {
  return id === node('atlas') || id === node('borealis') ? 'SOLVER' : 'USER'
}

export interface RunningNetwork extends Loopback<SolventVocabulary> {
  readonly engines: ReadonlyMap<ChainId, ChainEngine>
  /** A recording node under this id; `operator` may be one that the network obeys. */
  probe(id: NodeId, behaviour?: ProbeBehaviour<SolventVocabulary>): Probe<SolventVocabulary>
  /** Lets seconds pass. */
  seconds(count: number): void
  /** All blocks of a chain after genesis, oldest first. */
  blocks(chainId: ChainId): Block[]
  /** All chain events of a kind, oldest first. */
  chainEvents<K extends ChainEvent['kind']>(chainId: ChainId, kind: K): Extract<ChainEvent, { kind: K }>[]
  receipts(chainId: ChainId): Receipt[]
}

/** Who is asked for blocks that a sequencer has lost; there is none unless a test adds it. */
export const ARCHIVE = asNodeId('archive')

/** Adds the two sequencers; call `start()` when the rest is added. */
export function createRunningNetwork(
  change: Partial<LoopbackOptions<SolventVocabulary>> = {},
  genesisOfChains: readonly Genesis[] = smallGenesis,
  spec: NetworkSpec = smallNetwork,
): RunningNetwork {
  const network = createLoopback<SolventVocabulary>({
    seed: SEED,
    startMs: GENESIS_MS,
    signer: signerOf,
    ...change,
  })
  const engines = new Map<ChainId, ChainEngine>()
  for (const genesis of genesisOfChains) {
    const producer = node(genesis.chainId === L1 ? 'l1-producer' : 'rollup-producer')
    const { chainId } = genesis
    const engine = createChainEngine({
      spec,
      chainId,
      genesis,
      verifier,
      signer: signerOf(producer),
    })
    engines.set(chainId, engine)
    network.add(producer, createSequencer({ spec, node: producer, chains: [chainId], archives: [ARCHIVE] }), [
      engine,
    ])
  }

  function blocks(chainId: ChainId): Block[] {
    const engine = engines.get(chainId)
    const found: Block[] = []
    for (let number = 1; engine !== undefined && number <= engine.head().header.number; number++) {
      const block = engine.block(number)
      if (block !== undefined) found.push(block)
    }
    return found
  }

  const receipts = (chainId: ChainId): Receipt[] => blocks(chainId).flatMap((block) => block.receipts)
  // Object.create keeps the getters of the loopback network live.
  return Object.assign(Object.create(network) as Loopback<SolventVocabulary>, {
    engines,
    blocks,
    receipts,
    probe(id: NodeId, behaviour: ProbeBehaviour<SolventVocabulary> = {}) {
      const probe = createProbe<SolventVocabulary>(behaviour)
      network.add(id, probe.create)
      return probe
    },
    seconds: (count: number) => network.advance(count * 1_000),
    chainEvents<K extends ChainEvent['kind']>(chainId: ChainId, kind: K) {
      return receipts(chainId).flatMap(({ events }) =>
        events.filter((event): event is Extract<ChainEvent, { kind: K }> => event.kind === kind),
      )
    },
  })
}
