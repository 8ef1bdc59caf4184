// What the desks of a solver share: its ports, its books, and the three parts through which it acts.
import { type Address, type ChainId, msToSeconds, ZERO_ADDRESS } from '@solvent/primitives'
import type { Confirmation, Genesis } from '@solvent/protocol'
import { gasOf } from '@solvent/settlement'
import type { BiddingStrategy } from '@solvent/strategies'
import { createStrategy } from '@solvent/strategies'
import { createOutbox, type Outbox } from '../parts/outbox.ts'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import { AwardMemory } from './award-memory.ts'
import { BackingMonitor } from './backing-monitor.ts'
import { Distress } from './distress.ts'
import { type FillMoment, fillMoment } from './expected-price.ts'
import { ExposureBook } from './exposure-book.ts'
import { Inventory } from './inventory.ts'
import { createNetworkFacts, type NetworkFacts } from './network-facts.ts'
import { PoolMonitor } from './pool-monitor.ts'
import { ReceivableBook } from './receivable-book.ts'
import { SlowView } from './slow-view.ts'
import type { SolverInit, SolverPorts } from './solver-init.ts'
import type { SolverRules } from './solver-rules.ts'
import { MarketSourcing } from './sourcing/market-sourcing.ts'

export interface SolverBooks {
  readonly init: SolverInit
  readonly rules: SolverRules
  readonly ports: SolverPorts
  readonly self: Address
  readonly facts: NetworkFacts
  readonly strategy: BiddingStrategy
  readonly inventory: Inventory
  readonly exposure: ExposureBook
  readonly slow: SlowView
  readonly memory: AwardMemory
  readonly monitor: BackingMonitor
  readonly pools: PoolMonitor
  readonly receivables: ReceivableBook
  readonly sourcing: MarketSourcing
  readonly outbox: Outbox
  readonly distress: Distress
  nowSeconds(): number
  /** Now, for a fill on this chain. */
  fillMoment(destination: ChainId): FillMoment
  /** True once everything that a chain holds has been read: before, balances are not known. */
  isReady(chainId: ChainId): boolean
  /** Nothing of ours has got into a block of this chain for long, and something waits: no promise is made there. */
  isStalled(chainId: ChainId): boolean
  /** How firm a block of a followed chain is; true when at least `level`. */
  isFirm(chainId: ChainId, block: number, level: Confirmation): boolean
  send: TransactionSender['send']
}

/** How many fills' worth of gas stays out of the inventory of a gas token. */
const GAS_FLOOR_FILLS = 50n
/** Transactions offer twice the base fee and a tip. */
const FEE_CAP_FACTOR = 3n

/** Makes the books of one solver; `parts` are its rules, and what follows chains and sends transactions. */
export function createSolverBooks(
  init: SolverInit,
  ports: SolverPorts,
  parts: Pick<SolverBooks, 'rules' | 'isReady' | 'isStalled' | 'isFirm' | 'send'>,
): SolverBooks {
  const self = ports.signer.address
  const facts = createNetworkFacts(init.spec, init.prices)
  const record = ports.log.event.bind(ports.log)

  function gasFloor(chainId: ChainId, token: Address): bigint {
    const chain = facts.chain(chainId)
    if (token !== ZERO_ADDRESS || chain === undefined) return 0n
    return GAS_FLOOR_FILLS * BigInt(gasOf('fill')) * chain.baseFee * FEE_CAP_FACTOR
  }

  const inventory = new Inventory({ owner: self, record, floor: gasFloor })
  const monitor = new BackingMonitor(facts)
  const pools = new PoolMonitor(facts)
  const nowSeconds = (): number => msToSeconds(ports.clock.nowMs())
  const { isReady } = parts
  const books: SolverBooks = {
    init,
    ports,
    self,
    facts,
    strategy: createStrategy(init.strategy),
    inventory,
    exposure: new ExposureBook(),
    slow: new SlowView(),
    memory: new AwardMemory(facts, self),
    monitor,
    pools,
    receivables: new ReceivableBook(self, record),
    sourcing: new MarketSourcing(init, { facts, inventory, monitor, pools, isReady, nowSeconds }),
    outbox: createOutbox(ports),
    distress: new Distress(() => ports.clock.nowMs()),
    nowSeconds,
    fillMoment: (destination) => fillMoment(init.spec, destination, ports.clock.nowMs()),
    ...parts,
  }
  for (const genesis of init.genesis) beginWith(books, genesis)
  return books
}

function beginWith({ inventory, slow, monitor, pools, self }: SolverBooks, genesis: Genesis): void {
  monitor.begin(genesis)
  pools.begin(genesis)
  for (const { owner, token, amount } of genesis.balances) {
    if (owner !== self) continue
    inventory.begin(genesis.chainId, token, amount)
    slow.begin(genesis.chainId, token, amount)
  }
}
