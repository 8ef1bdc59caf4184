// What a follower of one chain knows of its oracles and lending pools: the same state as the contracts', folded from journal and
// events, so that a keeper can ask the machine itself what a liquidation would bring. Blocks can be taken back.
import type { Address, ChainId } from '@solvent/primitives'
import type { Block, Genesis, NetworkSpec, PriceRule } from '@solvent/protocol'
import { KeptBlocks } from '../../ledger/kept-blocks.ts'
import { UndoLog } from '../../ledger/undo-log.ts'
import type { VaultHoldings } from '../../market/concentrated/vault-holdings.ts'
import type { PoolHoldings } from '../../market/contract/market-contract.ts'
import { OracleState } from '../../oracle/oracle-state.ts'
import { acceptedPrice } from '../../oracle/price-rule.ts'
import { readAnswer } from '../../oracle/read-answer.ts'
import { sequencerState } from '../../oracle/uptime.ts'
import type { Account } from '../account.ts'
import { LendingContract } from '../contract/lending-contract.ts'
import { openLendingPool } from '../contract/lending-genesis.ts'
import { isTooSoon, slowPart, slowRule } from '../contract/slow-engine.ts'
import { priceE36 } from '../isolated/isolated-market.ts'
import type { LendingPool, Moment } from '../pool.ts'
import { IsolatedView } from './isolated-view.ts'
import { foldOracle } from './oracle-fold.ts'
import { PairView } from './pair-view.ts'
import { type ChangedOwners, PoolFold } from './pool-fold.ts'
import { RiskIndex } from './risk-index.ts'
import { VaultView } from './vault-view.ts'

/** Whose place among those at risk a block has changed. */
interface Moved {
  readonly owners: ChangedOwners
  readonly isolated: ReadonlySet<string>
}

export class CreditView {
  readonly oracles: ReadonlyMap<Address, OracleState>
  readonly lending: ReadonlyMap<Address, LendingContract>
  readonly isolated: IsolatedView
  readonly #log = new UndoLog()
  readonly #pairs: PairView
  readonly #vaults: VaultView
  readonly #pools: PoolFold
  readonly #risks = new Map<Address, RiskIndex>()
  readonly #kept = new KeptBlocks<Moved>(this.#log)

  constructor(spec: NetworkSpec, chainId: ChainId, genesis: Genesis) {
    const seconds = Math.floor(spec.genesisMs / 1_000)
    const isHere = (contract: { readonly chainId: ChainId }): boolean => contract.chainId === chainId
    this.oracles = new Map(
      spec.oracles.filter(isHere).map((each) => [each.address, new OracleState(this.#log, each, seconds)]),
    )
    this.lending = new Map(
      spec.lendingPools.filter(isHere).map((each) => [each.address, new LendingContract(this.#log, each)]),
    )
    this.isolated = new IsolatedView(this.#log, spec, chainId, genesis)
    this.#pairs = new PairView(this.#log, spec, genesis)
    this.#vaults = new VaultView(this.#log, spec, genesis)
    this.#pools = new PoolFold(this.lending)
    for (const contract of this.lending.values()) {
      openLendingPool(contract, genesis, seconds)
      const risks = new RiskIndex(contract)
      this.#risks.set(contract.spec.address, risks)
      for (const [owner] of contract.accounts.entries()) risks.note(owner)
    }
    this.#log.seal()
  }

  /** A followed block; that of genesis says nothing new. */
  followed({ header, hash, receipts }: Block): void {
    if (header.number === 0) return
    for (const { entries, events } of receipts) {
      for (const { legs } of entries)
        for (const leg of legs) {
          this.#pairs.leg(leg)
          this.#vaults.leg(leg)
          this.isolated.leg(leg)
          this.#pools.leg(leg)
        }
      for (const event of events) {
        foldOracle(this.oracles, event, header.timestamp)
        this.isolated.event(event, header.timestamp)
        this.#vaults.event(event)
        this.#pools.event(event, header.timestamp)
        if (event.kind === 'market-synced') this.#pairs.synced(event.market, event.reserve0, event.reserve1)
      }
    }
    const moved = { owners: this.#pools.takeChanged(), isolated: this.isolated.takeChanged() }
    this.#note(moved)
    this.#kept.followed(hash, moved)
  }

  /** Takes the newest block back. */
  orphaned({ hash }: Block): void {
    const moved = this.#kept.orphaned(hash)
    if (moved !== null) this.#note(moved)
  }

  /** The pool's machine on this state; a command on it writes into the view, see `trying`. */
  poolOf(address: Address): LendingPool | undefined {
    const contract = this.lending.get(address)
    if (contract === undefined) return undefined
    const { reserves, accounts, eModes, spec } = contract
    return {
      reserves,
      accounts,
      rules: { eModes, treasury: spec.treasury, ...slowRule(spec.engine, slowPart) },
    }
  }

  /** What a pair holds whose shares an oracle prices. */
  holdingsOf(market: Address): PoolHoldings | null {
    return this.#pairs.of(market)
  }

  /** What a vault holds whose shares an oracle prices. */
  vaultOf(_market: Address, vault: Address): VaultHoldings | null {
    return this.#vaults.of(vault)
  }

  /** False while a slow engine lets an account rest. */
  mayLiquidate(address: Address, owner: string, atSeconds: number): boolean {
    const contract = this.lending.get(address)
    return contract !== undefined && !isTooSoon(contract, owner, atSeconds)
  }

  /** Accounts that pledge or owe something, or are of a category. */
  accountsOf(address: Address): Iterable<readonly [string, Account]> {
    return this.lending.get(address)?.accounts.entries() ?? []
  }

  /** What the pool, or the isolated market, believes of prices at a time, if nothing happens until then. */
  momentOf(address: Address, atSeconds: number): Moment {
    const pool = this.lending.get(address)?.spec
    const market = this.isolated.markets.get(address)?.spec
    const uptime = pool?.uptime ?? null
    const sides = pool?.reserves ?? (market === undefined ? [] : [market.collateral, market.loan])
    const rules = new Map(sides.map(({ token, price }) => [token, price]))
    return {
      atSeconds,
      ...(uptime === null ? {} : { sequencer: sequencerState(this, uptime, atSeconds) }),
      priceOf: (token) => {
        const rule = rules.get(token as Address)
        return rule === undefined ? null : this.priceBy(rule, atSeconds)
      },
    }
  }

  /** Base units of an isolated market's loan for one of its collateral times 10^36; null while its oracle has none to give. */
  isolatedPrice(address: Address, atSeconds: number): bigint | null {
    const spec = this.isolated.markets.get(address)?.spec
    if (spec === undefined) return null
    const collateral = this.priceBy(spec.collateral.price, atSeconds)
    const loan = this.priceBy(spec.loan.price, atSeconds)
    return collateral === null || loan === null ? null : priceE36(spec, { collateral, loan })
  }

  /** What a contract of the chain takes by its rule; null: nothing that it may use. */
  priceBy(rule: PriceRule, atSeconds: number): bigint | null {
    return acceptedPrice(rule, atSeconds, (oracle) => readAnswer(this, oracle, atSeconds))?.answerE8 ?? null
  }

  /** Runs commands and takes back all that they wrote. */
  trying<T>(commands: () => T): T {
    const mark = this.#log.mark()
    const outcome = commands()
    this.#log.rollback(mark)
    return outcome
  }

  /** Accounts of a pool that may be liquidated then; each has to be weighed. */
  atRisk(address: Address, atSeconds: number): Iterable<string> {
    return this.#risks.get(address)?.atRisk(this.momentOf(address, atSeconds)) ?? []
  }

  #note({ owners: changed, isolated }: Moved): void {
    for (const [{ spec }, owners] of changed)
      for (const owner of owners) this.#risks.get(spec.address)?.note(owner)
    this.isolated.note(isolated)
  }
}
