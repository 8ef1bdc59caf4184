// A live network in this process that has something for every kind of fault to hit, and what can be seen of it: the watcher's
// report and each node's own log.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assemble, loadScenario } from '@solvent/experiments'
import {
  connectOperator,
  type InjectedFault,
  injectFault,
  OneProcessNetwork,
  type Operator,
} from '@solvent/experiments/live'
import type { RunReport } from '@solvent/nodes'

/** Blocks of 4 s at ten times real time: eight blocks a second for eighteen nodes. */
const SCENARIO = `
name: everything
title: A little of everything that can break
start: 2026-01-01T00:00:00Z
durationSeconds: 6000
seed: 1
live: { acceleration: 10 }
assets:
  ETH: { decimals: 18, price: "2000" }
  USDC: { decimals: 6, price: "1" }
  rsETH: { decimals: 18, price: "2000", supply: "100000" }
  wBTC: { decimals: 8, price: "60000", supply: "1000" }
chains:
  ethereum:
    kind: l1
    id: 1
    slotMs: 4000
    epochSlots: 4
    finalityEpochs: 2
    validators: { total: 1000, groups: { north: { share: 0.6 }, south: { share: 0.4 } } }
    feeMarket: { kind: eip1559, denominator: 2 }
    blobs: { targetBlobs: 3, maxBlobs: 6, updateFraction: 500000 }
    preconfirmations: { bond: "10", penalty: "1", withinSlots: 2 }
  arbitrum: { kind: optimistic, id: 42161, l1: ethereum, slotMs: 4000, batchIntervalSeconds: 12, rootIntervalSeconds: 20, challengeWindowSeconds: 120, challengers: { count: 1 } }
  linea: { kind: zk, id: 59144, l1: ethereum, slotMs: 4000, batchIntervalSeconds: 12, proofIntervalSeconds: 16, provingSeconds: 4 }
bridges:
  hub:
    verification: { kind: quorum, verifiers: 2, threshold: 2 }
    finality: safe
    recovery: socialised
    limiter: { chains: { arbitrum: { single: "5000", window: "1000000" } }, forceRelease: 2, censor: 2, floors: { rsETH: "1500" } }
    assets: { rsETH: { home: ethereum, claims: { arbitrum: "1000" } } }
  depot:
    custody: { kind: pool }
    verification: { kind: quorum, verifiers: 1, threshold: 1 }
    finality: safe
    assets: { USDC: { home: ethereum, liquidity: { ethereum: "1000000", arbitrum: "1000000" } } }
  across:
    verification: { kind: optimistic, disputers: 1, livenessSeconds: 60, arbitrationSeconds: 60, bundleIntervalSeconds: 20 }
    finality: safe
    assets: { wBTC: { home: ethereum, claims: { arbitrum: "100", linea: "100" } } }
markets:
  pair: { kind: constant-product, chain: ethereum, reserves: { ETH: "100", USDC: "200000" }, provider: carol }
  wraps: { kind: constant-product, chain: arbitrum, reserves: { wBTC: "10", ETH: "300" } }
oracles:
  eth-usd: { kind: feed, chain: ethereum, asset: ETH, heartbeatSeconds: 20, deviationBps: 50 }
  up: { kind: uptime, chain: ethereum }
lending:
  main: { chain: ethereum, reserves: { ETH: { oracle: eth-usd, ltvBps: 8000, liquidationThresholdBps: 8300 } } }
controls:
  authorities:
    issuer: { chain: ethereum, assets: { wBTC: [claw-back], USDC: [freeze, halt] }, pools: [main] }
custodians:
  vault: { chain: ethereum, asset: USDC, claims: "1000", customers: { count: 2, thresholds: [{ share: 0, value: 50 }, { share: 1, value: 60 }] } }
auctioneers: 1
solvers:
  atlas: { strategy: { kind: cost-plus, marginBps: 8 }, inventory: { ethereum: { ETH: "20" } } }
  broke: { strategy: { kind: cost-plus, marginBps: 8 }, inventory: { arbitrum: { ETH: "5", wBTC: "2" } } }
  spare: { strategy: { kind: cost-plus, marginBps: 8 }, inventory: { ethereum: { ETH: "20" } } }
users: {}
actors:
  carol:
    holdings: { ethereum: { wBTC: "50" }, arbitrum: { wBTC: "20" } }
    steps:
      - { label: wash, when: called, do: transfer, chain: ethereum, asset: wBTC, amount: "0.1", to: carol }
      - { do: drain, victim: spare, chain: ethereum, asset: ETH, amount: "1" }
STEPS
faults:
  # Later than any test: what the step above waits for, operators do before.
  - { kind: key-theft, atSeconds: 5990, account: spare, actor: carol }
`

const STEP = (atSeconds: number, to: string) =>
  `      - { atSeconds: ${atSeconds}, do: bridge-out, bridge: across, asset: wBTC, from: ethereum, to: ${to}, amount: "0.1" }`
/** Something for proposers to bundle and for rollups to post, whenever the test gets there: an empty chain has nothing to fail. */
const STEPS = Array.from({ length: 390 }, (_, index) =>
  STEP(20 + 15 * index, index % 2 === 0 ? 'arbitrum' : 'linea'),
).join('\n')

export class FaultyNetwork {
  readonly directory: string
  /** Nodes that have ended. */
  readonly lost: string[]
  readonly operator: Operator
  readonly #network: OneProcessNetwork

  private constructor(directory: string, lost: string[], network: OneProcessNetwork, operator: Operator) {
    this.directory = directory
    this.lost = lost
    this.#network = network
    this.operator = operator
  }

  static async launch(): Promise<FaultyNetwork> {
    const directory = mkdtempSync(join(tmpdir(), 'solvent-faulty-'))
    const bytes = new TextEncoder().encode(SCENARIO.replace('STEPS', STEPS))
    const { scenario, hash } = loadScenario('everything.yaml', bytes)
    const plan = assemble({ scenario, hash, seed: 1, signatures: 'secp256k1' })
    const lost: string[] = []
    const network = await OneProcessNetwork.launch({
      plan,
      directory,
      acceleration: scenario.live.acceleration,
      onLost: ({ node }) => lost.push(node),
    })
    return new FaultyNetwork(directory, lost, network, await connectOperator(directory))
  }

  inject(kind: string, settings: readonly string[]): Promise<InjectedFault> {
    return injectFault({ operator: this.operator, directory: this.directory, kind, settings })
  }

  report(): Promise<RunReport> {
    return this.operator.report()
  }

  /** What the node has recorded of faults: `partition begin`. */
  phases(node: string): string[] {
    const text = readFileSync(join(this.directory, node, 'events.jsonl'), 'utf8')
    return text.split('\n').flatMap((line) => {
      if (!line.includes('"fault"')) return []
      const { kind, fault, phase } = JSON.parse(line) as Record<string, unknown>
      return kind === 'fault' ? [`${fault} ${phase}`] : []
    })
  }

  /** What the node has said in words. */
  log(node: string): string {
    return readFileSync(join(this.directory, node, 'node.log'), 'utf8')
  }

  async end(): Promise<void> {
    await this.operator.close()
    await this.#network.end()
    rmSync(this.directory, { recursive: true, force: true })
  }
}
