// All families of rules of one audit, wired to one tally and one view of the network.
import { MS_PER_SECOND } from '@solvent/primitives'
import type { Genesis } from '@solvent/protocol'
import type { AuditorOptions } from './auditor.ts'
import { AuthorityRules } from './authority-rules.ts'
import { AwardRules } from './award-rules.ts'
import { BatchRules } from './batch-rules.ts'
import { BlockRules } from './block-rules.ts'
import { BondRules } from './bond-rules.ts'
import { BookRules } from './book-rules.ts'
import { BridgeRules } from './bridge-rules.ts'
import { BundleRules } from './bundle-rules.ts'
import { NetworkIndex } from './chain-record.ts'
import { ClockRules } from './clock-rules.ts'
import { CollateralCheckRules } from './collateral-check-rules.ts'
import { CommitmentRules } from './commitment-rules.ts'
import { CreditRules } from './credit-rules.ts'
import { DepartureRules } from './departure-rules.ts'
import { DerivativeRules } from './derivative-rules.ts'
import { ExploitRegister } from './exploit-register.ts'
import { FaultBook } from './fault-book.ts'
import { FeeRules } from './fee-rules.ts'
import { FinalityTracker } from './finality-tracker.ts'
import { FlawBook } from './flaw-book.ts'
import { ForcedRules } from './forced-rules.ts'
import { GovernorRules } from './governor-rules.ts'
import { GuardRules } from './guard-rules.ts'
import { HashLockRules } from './hash-lock-rules.ts'
import { InclusionRules } from './inclusion-rules.ts'
import { KeyRules } from './key-rules.ts'
import { LedgerRules } from './ledger-rules.ts'
import { LimiterRules } from './limiter-rules.ts'
import { LivenessRules } from './liveness-rules.ts'
import { MarketRules } from './market-rules.ts'
import { MessageRules } from './message-rules.ts'
import { NettingRules } from './netting-rules.ts'
import { OrderTable } from './order-record.ts'
import { OrderRules } from './order-rules.ts'
import { OutageRules } from './outage-rules.ts'
import { PartRules } from './part-rules.ts'
import { PauseRules } from './pause-rules.ts'
import { PoolRules } from './pool-rules.ts'
import { PriceRules } from './price-rules.ts'
import { PromiseRules } from './promise-rules.ts'
import { ProofRules } from './proof-rules.ts'
import { QueueRules } from './queue-rules.ts'
import { RangeRules } from './range-rules.ts'
import { ReorgRules } from './reorg-rules.ts'
import { ReservationRules } from './reservation-rules.ts'
import { RollupBooks } from './rollup-books.ts'
import { RollupRules } from './rollup-rules.ts'
import { RotationRules } from './rotation-rules.ts'
import { RoundingRules } from './rounding-rules.ts'
import { createSignatureCheck } from './signature-check.ts'
import { SignatureRules } from './signature-rules.ts'
import { SlashPayments } from './slash-payments.ts'
import { SlashRules } from './slash-rules.ts'
import { StablecoinRules } from './stablecoin-rules.ts'
import { Tally } from './tally.ts'
import { TransferFeeRules } from './transfer-fee-rules.ts'
import { VaultRecord } from './vault-record.ts'
import { VaultRules } from './vault-rules.ts'
import { VerifierBook } from './verifier-book.ts'

/** A live watcher may hear of an exploit after the block that it forged (chain time, s, under acceleration). */
const LIVE_DECLARATION_GRACE_SECONDS = 600

export class RuleSet {
  readonly tally = new Tally()
  readonly exploits = new ExploitRegister()
  readonly orders = new OrderTable()
  readonly index: NetworkIndex
  readonly flaws: FlawBook
  readonly finality: FinalityTracker
  readonly ledger: LedgerRules
  readonly roundings: RoundingRules
  readonly transferFees: TransferFeeRules
  readonly order: OrderRules
  readonly prices: PriceRules
  readonly proofs: ProofRules
  readonly awards: AwardRules
  readonly signatures: SignatureRules
  readonly keys: KeyRules
  readonly parts: PartRules
  readonly bonds: BondRules
  readonly slashPayments: SlashPayments
  readonly netting: NettingRules
  readonly messages: MessageRules
  readonly rotations: RotationRules
  readonly inclusions: InclusionRules
  readonly bridges: BridgeRules
  readonly slashes: SlashRules
  readonly reorgs: ReorgRules
  readonly promises: PromiseRules
  readonly bundles: BundleRules
  readonly pools: PoolRules
  readonly locks: HashLockRules
  readonly markets: MarketRules
  readonly ranges: RangeRules
  readonly vaults: VaultRules
  readonly books: BookRules
  readonly credit: CreditRules
  readonly stablecoins: StablecoinRules
  readonly guards: GuardRules
  readonly collateralChecks: CollateralCheckRules
  readonly derivatives: DerivativeRules
  readonly authorities: AuthorityRules
  readonly pauses: PauseRules
  readonly limiters: LimiterRules
  readonly departures: DepartureRules
  readonly governors: GovernorRules
  readonly blocks: BlockRules
  readonly fees: FeeRules
  readonly outages: OutageRules
  readonly clocks: ClockRules
  readonly faults = new FaultBook()
  readonly rollupBooks = new RollupBooks()
  readonly batches: BatchRules
  readonly rollups: RollupRules
  readonly forced: ForcedRules
  readonly liveness: LivenessRules
  readonly reservations: ReservationRules
  readonly commitments: CommitmentRules
  readonly queue: QueueRules
  readonly #lockedAtGenesis = new Map<string, bigint>()

  constructor({ spec, genesis, verifier, applicable, clockSpreadMs = 0 }: AuditorOptions) {
    const { tally, exploits, orders } = this
    const check = createSignatureCheck(spec.signatures, verifier)
    const index = new NetworkIndex(spec)
    this.index = index
    this.flaws = new FlawBook(spec)
    this.finality = new FinalityTracker(spec)
    this.ledger = new LedgerRules(tally)
    this.roundings = new RoundingRules(tally, index)
    this.transferFees = new TransferFeeRules(tally, index)
    this.order = new OrderRules(tally, orders)
    this.prices = new PriceRules(tally)
    this.proofs = new ProofRules(tally, index, { finality: this.finality, exploits, clockSpreadMs })
    this.awards = new AwardRules(tally, check, spec)
    this.signatures = new SignatureRules(tally, index, check)
    this.keys = new KeyRules(tally, check)
    this.parts = new PartRules(tally, this.signatures)
    this.bonds = new BondRules(tally, spec, orders)
    this.slashPayments = new SlashPayments(tally, spec, this.faults)
    this.netting = new NettingRules(tally, spec)
    const verifiers = new VerifierBook()
    this.messages = new MessageRules(tally, index, { check, exploits, flaws: this.flaws, verifiers })
    this.rotations = new RotationRules(tally, index, verifiers)
    this.limiters = new LimiterRules(tally, index)
    this.departures = new DepartureRules(tally, index)
    this.governors = new GovernorRules(tally, index, clockSpreadMs)
    const judged = { finality: this.finality, exploits, flaws: this.flaws, clockSpreadMs }
    this.inclusions = new InclusionRules(tally, index, judged)
    this.pauses = new PauseRules(tally)
    this.slashes = new SlashRules(tally, index, check)
    this.reorgs = new ReorgRules(tally, orders)
    this.promises = new PromiseRules(tally, check)
    this.bundles = new BundleRules(tally, index, this.flaws)
    this.blocks = new BlockRules(tally, index, this.finality)
    this.fees = new FeeRules(tally)
    this.outages = new OutageRules(tally, index, clockSpreadMs)
    this.clocks = new ClockRules(tally, clockSpreadMs)
    this.forced = new ForcedRules(tally, index, this.faults)
    const { finality, faults, flaws, rollupBooks: books } = this
    this.batches = new BatchRules(tally, index, { finality, books })
    this.rollups = new RollupRules(tally, index, { finality, faults, flaws, books })
    this.liveness = new LivenessRules(tally, index, orders)
    this.reservations = new ReservationRules(tally, spec.solvers)
    this.commitments = new CommitmentRules(tally)
    this.queue = new QueueRules(tally)
    const declarationSeconds = applicable === 'sim' ? 0 : LIVE_DECLARATION_GRACE_SECONDS
    const graceSeconds = declarationSeconds + clockSpreadMs / MS_PER_SECOND
    this.pools = new PoolRules(tally, index)
    this.locks = new HashLockRules(tally, index)
    const vaults = new VaultRecord(index)
    this.credit = new CreditRules(tally, index, vaults)
    this.markets = new MarketRules(tally, index)
    this.ranges = new RangeRules(tally, index)
    this.vaults = new VaultRules(tally, vaults, (market) => this.ranges.rootOf(market))
    this.books = new BookRules(tally, index)
    this.stablecoins = new StablecoinRules(tally, index)
    this.guards = new GuardRules(
      tally,
      index,
      (watched, now) =>
        this.markets.priceOf(watched) ??
        this.ranges.priceOf(watched) ??
        this.books.priceOf(watched) ??
        this.credit.oraclePrice(watched, now),
    )
    this.collateralChecks = new CollateralCheckRules(tally, index, {
      indexOf: (...of) => this.credit.supplyIndexOf(...of),
      behindVault: (vault) => this.vaults.behind(vault),
    })
    this.derivatives = new DerivativeRules(tally, index)
    this.authorities = new AuthorityRules(tally, index)
    this.bridges = new BridgeRules(tally, index, {
      pools: this.pools.pools,
      locks: this.locks,
      exploits,
      flaws: this.flaws,
      declarationGraceSeconds: graceSeconds,
    })
    for (const chain of genesis) this.#mint(chain)
    this.pools.genesis()
    this.credit.genesis()
    this.markets.genesis()
    this.ranges.genesis()
    this.stablecoins.genesis()
    this.bridges.genesis(spec.genesisMs)
  }

  /** Full sums of all chains and bridges. */
  sums(atMs: number): void {
    for (const chain of this.index.chains.values()) this.ledger.sums(chain, atMs)
    this.bridges.sums(atMs)
    this.pools.sums(atMs)
    this.credit.sums(atMs)
    this.locks.sums(atMs)
    this.markets.sums(atMs)
    this.ranges.sums(atMs)
    this.books.sums(atMs)
    this.stablecoins.sums(atMs)
    this.derivatives.sums(atMs)
  }

  /** What can be judged at a moment and not before. */
  end(atMs: number): void {
    this.proofs.advance()
    this.inclusions.advance()
    this.inclusions.end()
    this.forced.end(atMs)
    this.bridges.end(atMs)
    this.governors.advance()
    this.sums(atMs)
    this.order.end(this.index.chains, atMs)
    this.credit.end(atMs)
    this.roundings.end((bridge, token) => this.#ownLock(bridge, token), atMs)
    this.reservations.end(atMs)
    this.slashPayments.end(this.index.chains, atMs)
    this.outages.end()
    this.liveness.end({ finality: this.finality, pauses: this.pauses, exploits: this.exploits, atMs })
  }

  /** What a lock would hold if nothing had been sent: genesis less what declared exploits released and what losses changed. */
  #ownLock(bridge: string, token: string): bigint {
    return (this.#lockedAtGenesis.get(`${bridge}/${token}`) ?? 0n) - this.bridges.releasedBy(bridge, token)
  }

  #mint({ chainId, balances }: Genesis): void {
    const book = this.index.chains.get(chainId)?.book
    if (book === undefined) return
    for (const balance of balances) {
      const { kind, owner, token, amount } = balance
      book.post(balance)
      book.post({ kind: 'SUPPLY', owner: '', token, amount: -amount })
      book.token(token).minted += amount
      if (kind === 'BRIDGE_LOCK') this.#lockedAtGenesis.set(`${owner}/${token}`, amount)
    }
  }
}
