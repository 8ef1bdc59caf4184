// All state of one chain, behind one undo log: the ledger, account nonces, and the contracts.
import { type Address, type ChainId, msToSeconds } from '@solvent/primitives'
import { type AccountKind, type BlockHeader, type Genesis, rollupContract } from '@solvent/protocol'
import { BridgeState } from '../bridge/bridge-state.ts'
import { OutboxState } from '../bridge/outbox/outbox-state.ts'
import { ControlState } from '../controls/control-state.ts'
import { StablecoinContract } from '../derivatives/algorithmic-stablecoin/stablecoin-contract.ts'
import { createDerivative, type DerivativeContract } from '../derivatives/contract/create-derivative.ts'
import { SettlerState } from '../escrow/settler-state.ts'
import { Ledger, type LedgerRules } from '../ledger/ledger.ts'
import { UndoableCell, UndoableMap, UndoLog } from '../ledger/undo-log.ts'
import { LendingContract } from '../lending/contract/lending-contract.ts'
import { IsolatedContract } from '../lending/isolated/contract/isolated-contract.ts'
import type { VaultHoldings } from '../market/concentrated/vault-holdings.ts'
import { createMarket, type MarketContract } from '../market/contract/create-market.ts'
import type { PoolHoldings } from '../market/contract/market-contract.ts'
import { vaultHoldings } from '../market/contract/range-vault.ts'
import { OracleState } from '../oracle/oracle-state.ts'
import { PreconfirmationState } from '../preconfirmation/preconfirmation-state.ts'
import { InboxState } from '../rollup/inbox-state.ts'
import { FlawSet } from '../upgrade/flaw-set.ts'
import {
  type FinalityNews,
  type FinalityRules,
  type FinalityState,
  finalityAtGenesis,
  finalityRulesOf,
  finalizedNumber,
  justifiedNumber,
  nextFinality,
} from './consensus/finality-state.ts'
import { groupsOf } from './consensus/proposer.ts'
import { chainOf, type NetworkIndex } from './network-index.ts'

export class ChainState {
  readonly log = new UndoLog()
  readonly ledger: Ledger
  readonly settler: SettlerState
  readonly preconfirmations: PreconfirmationState
  readonly bridges: ReadonlyMap<Address, BridgeState>
  /** Those of this chain. */
  readonly oracles: ReadonlyMap<Address, OracleState>
  readonly lending: ReadonlyMap<Address, LendingContract>
  readonly isolated: ReadonlyMap<Address, IsolatedContract>
  /** The markets of this chain. */
  readonly markets: ReadonlyMap<Address, MarketContract>
  readonly stablecoins: ReadonlyMap<Address, StablecoinContract>
  /** What guards the contracts of this chain. */
  readonly controls: ControlState
  readonly derivatives: ReadonlyMap<Address, DerivativeContract>
  /** All messages sent on this chain, over any bridge. */
  readonly outbox: OutboxState
  /** The rollups that post to this chain. */
  readonly inboxes: ReadonlyMap<ChainId, InboxState>
  /** What the code of each upgradable contract on this chain leaves out. */
  readonly flaws: ReadonlyMap<Address, FlawSet>
  /** Null on a rollup. */
  readonly finalityRules: FinalityRules | null
  readonly #finality: UndoableCell<FinalityState> | null
  /** One bit for each validator group. */
  readonly #slashed: UndoableCell<number>
  /** Slots that nobody proposed in, up to the newest block. */
  readonly #missed: UndoableCell<number>
  readonly #nonces: UndoableMap<Address, number>
  /** Of accounts whose owners have rotated them. */
  readonly #keys: UndoableMap<Address, Address>
  readonly #kinds: ReadonlyMap<Address, AccountKind>

  constructor(index: NetworkIndex, chainId: ChainId, accounts: Genesis['accounts'], rules: LedgerRules) {
    this.ledger = new Ledger(this.log, rules)
    this.settler = new SettlerState(this.log)
    this.bridges = new Map(
      index.spec.bridges.map((spec) => [spec.address, new BridgeState(this.log, spec, chainId)]),
    )
    const { markets, oracles, lendingPools, isolatedMarkets, stablecoins, derivatives, controls, genesisMs } =
      index.spec
    const isHere = (contract: { readonly chainId: ChainId }): boolean => contract.chainId === chainId
    const genesisSeconds = Math.floor(msToSeconds(genesisMs))
    this.oracles = new Map(
      oracles.filter(isHere).map((spec) => [spec.address, new OracleState(this.log, spec, genesisSeconds)]),
    )
    this.lending = new Map(
      lendingPools.filter(isHere).map((spec) => [spec.address, new LendingContract(this.log, spec)]),
    )
    this.isolated = new Map(
      isolatedMarkets.filter(isHere).map((spec) => [spec.address, new IsolatedContract(this.log, spec)]),
    )
    this.markets = new Map(
      markets.filter(isHere).map((market) => [market.address, createMarket(this.log, market)]),
    )
    this.stablecoins = new Map(
      stablecoins.filter(isHere).map((spec) => [spec.address, new StablecoinContract(this.log, spec)]),
    )
    this.controls = new ControlState(this.log, controls, chainId)
    this.derivatives = new Map(
      derivatives
        .filter(isHere)
        .map((spec) => [spec.address, createDerivative(this.log, spec, genesisSeconds)]),
    )
    this.outbox = new OutboxState(this.log)
    const rollups = index.spec.chains.filter(
      ({ consensus }) => consensus.kind !== 'l1' && consensus.l1 === chainId,
    )
    this.inboxes = new Map(rollups.map((rollup) => [rollup.chainId, new InboxState(this.log)]))
    this.flaws = new Map([
      ...[...this.bridges].map(([address, { flaws }]) => [address, flaws] as const),
      ...rollups.map((rollup) => [rollupContract(rollup), new FlawSet(this.log, rollup.flaws)] as const),
    ])
    this.finalityRules = finalityRulesOf(chainOf(index, chainId))
    this.#finality =
      this.finalityRules === null ? null : new UndoableCell(this.log, finalityAtGenesis(this.finalityRules))
    this.preconfirmations = new PreconfirmationState(this.log)
    this.#slashed = new UndoableCell(this.log, 0)
    this.#missed = new UndoableCell(this.log, 0)
    this.#nonces = new UndoableMap(this.log)
    this.#keys = new UndoableMap(this.log)
    this.#kinds = new Map(accounts.map(({ address, kind }) => [address, kind]))
  }

  /** The next nonce that the chain accepts of an account. */
  nonce(address: Address): number {
    return this.#nonces.get(address) ?? 0
  }

  setNonce(address: Address, nonce: number): void {
    this.#nonces.set(address, nonce)
  }

  /** Whose signature counts for an account: at first its own. */
  keyOf(account: Address): Address {
    return this.#keys.get(account) ?? account
  }

  setKey(account: Address, key: Address): void {
    this.#keys.set(account, key)
  }

  /** What the validators have voted up to the newest block; null on a rollup. */
  finality(): FinalityState | null {
    return this.#finality?.get() ?? null
  }

  /** Slots before the next block had no proposer. */
  missSlots(count: number): void {
    if (count > 0) this.#missed.set(this.#missed.get() + count)
  }

  /** How many blocks a chain has with the one in slot `number`: what its contracts see as the block's number. */
  heightOf(number: number): number {
    return number - this.#missed.get()
  }

  slashedGroups(): number {
    return this.#slashed.get()
  }

  isSlashed(group: number): boolean {
    return ((this.#slashed.get() >>> group) & 1) === 1
  }

  markSlashed(group: number): void {
    this.#slashed.set(this.#slashed.get() | (1 << group))
  }

  /** Bits of the validator groups of a producer; 0 on a rollup. */
  groupsOf(producer: Address): number {
    return this.finalityRules === null ? 0 : groupsOf(this.finalityRules.validators, producer)
  }

  /** Counts a block's votes; what its header says of finality, -1 on a rollup. */
  moveFinality(news: FinalityNews): Pick<BlockHeader, 'justified' | 'finalized'> {
    const rules = this.finalityRules
    if (rules === null || this.#finality === null) return { justified: -1, finalized: -1 }
    const before = this.#finality.get()
    const after = nextFinality(rules, before, news)
    if (after !== before) this.#finality.set(after)
    return { justified: justifiedNumber(rules, after), finalized: finalizedNumber(rules, after) }
  }

  /** What a market holds, and how many shares there are; null where there is none. */
  holdingsOf(market: Address): PoolHoldings | null {
    const contract = this.markets.get(market)
    return contract?.kind === 'shares' ? contract.holdings() : null
  }

  /** What a vault of a pool of ranges holds; null where there is none. */
  vaultOf(market: Address, vault: Address): VaultHoldings | null {
    const contract = this.markets.get(market)
    return contract?.kind === 'ranges' ? vaultHoldings(this, contract, vault) : null
  }

  /** The ledger kind under which an account holds tokens: as genesis named it, else USER. */
  kindOf(address: Address): AccountKind {
    return this.#kinds.get(address) ?? 'USER'
  }
}
