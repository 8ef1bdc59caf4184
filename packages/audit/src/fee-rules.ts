// T-9: what gas costs and who gets it. Sources: EIP-1559; amounts in wei.
import { ZERO_ADDRESS } from '@solvent/primitives'
import {
  type BlobMarket,
  type Block,
  GAS_PER_BLOB,
  type JournalEntry,
  type Transaction,
} from '@solvent/protocol'
import { blobFee, expectedExcess, othersPost } from './blob-market.ts'
import type { ChainRecord, Scope } from './chain-record.ts'
import { expectedBaseFee, genesisParent, othersWant } from './fee-market.ts'
import type { FeeParent } from './fee-parent.ts'
import type { Tally } from './tally.ts'

export class FeeRules {
  readonly #tally: Tally

  constructor(tally: Tally) {
    this.#tally = tally
  }

  /** The base fee follows from the parent, and other people's gas from the base fee. Before the head moves on. */
  block(chain: ChainRecord, block: Block, atMs: number): void {
    const { header, receipts } = block
    const { number, baseFee, gasUsed, market } = header
    if (number === 0) return
    this.#tally.checked['T-9']++
    const breach = (detail: string): void =>
      this.#tally.breach('T-9', atMs, chain.chainId, `block ${number}: ${detail}`)
    const { spec } = chain
    const sum = receipts.reduce((total, receipt) => total + receipt.gasUsed, 0)
    if (sum !== gasUsed) breach(`its receipts used ${sum} gas, the header says ${gasUsed}`)
    // An audit that began in the middle does not know the first parent.
    const parent = chain.head ?? (number === header.emptyBefore + 1 ? genesisParent(spec) : null)
    const expected = parent === null ? baseFee : expectedBaseFee(spec, parent, number)
    if (baseFee !== expected) breach(`base fee ${baseFee}, it follows ${expected} from its parent`)
    const percent = number < market.demandUntil ? BigInt(market.demandPercent) : 100n
    const wanted = Number(othersWant(spec, baseFee, percent))
    const others = Math.max(0, Math.min(wanted, spec.gasLimit - gasUsed))
    if (market.backgroundGas !== others || gasUsed > spec.gasLimit)
      breach(`${gasUsed} gas and ${market.backgroundGas} of others, who take ${others} of ${spec.gasLimit}`)
    if (spec.blobMarket !== undefined) this.#blobs(spec.blobMarket, parent, block, breach)
    else if (market.blobGasUsed + market.excessBlobGas > 0) breach('blobs on a chain without them')
  }

  /** The excess follows from the parent; others post what the fee lets them, in the room that is left. */
  #blobs(
    rules: BlobMarket,
    parent: FeeParent | null,
    { header: { number, market }, transactions }: Block,
    breach: (detail: string) => void,
  ): void {
    const { excessBlobGas, blobGasUsed } = market
    const expected = parent === null ? excessBlobGas : expectedExcess(rules, parent, number)
    if (excessBlobGas !== expected)
      breach(`excess blob gas ${excessBlobGas}, it follows ${expected} from its parent`)
    const own = transactions.reduce((sum, { transaction }) => sum + (transaction.blobs ?? 0), 0)
    const percent = number < market.blobDemandUntil ? BigInt(market.blobDemandPercent) : 100n
    const others = Math.min(othersPost(rules, excessBlobGas, percent), rules.maxBlobs - own)
    if (own > rules.maxBlobs || blobGasUsed !== (own + others) * GAS_PER_BLOB)
      breach(`blob gas ${blobGasUsed}, ${own} blobs of its own and ${others} of others`)
  }

  /** The fee of one transaction, before its entries are booked. */
  receipt(scope: Scope): void {
    const { receipt, transaction } = scope
    if (transaction === null) return
    this.#tally.checked['T-9']++
    const { gasUsed, entries, status, events } = receipt
    const { baseFee } = scope.block.header
    const { maxFeePerGas, maxPriorityFeePerGas, gasLimit } = transaction
    if (maxFeePerGas < baseFee)
      this.#breach(scope, `offers ${maxFeePerGas} a gas, the base fee is ${baseFee}`)
    if (gasUsed > gasLimit) this.#breach(scope, `used ${gasUsed} of ${gasLimit} gas`)
    const room = maxFeePerGas - baseFee
    const burned = BigInt(gasUsed) * baseFee + this.#blobFee(scope, transaction)
    const tip = BigInt(gasUsed) * (maxPriorityFeePerGas < room ? maxPriorityFeePerGas : room)
    let fees = 0
    for (let i = 0; i < entries.length; i++) if (entries[i]!.cause === 'gas') fees++
    if (fees !== (burned + tip > 0n ? 1 : 0) || (fees === 1 && entries[0]!.cause !== 'gas'))
      this.#breach(scope, `${fees} gas entries, one is due before all others`)
    else if (fees === 1) this.#split(scope, transaction, entries[0]!, burned, tip)
    if (status === 'reverted' && (entries.length > fees || events.length > 0))
      this.#breach(scope, 'reverted and left more than its nonce and fee')
  }

  /** What the blobs of a transaction burn. */
  #blobFee(scope: Scope, { blobs = 0, maxFeePerBlobGas = 0n }: Transaction): bigint {
    const rules = scope.chain.spec.blobMarket
    if (blobs === 0 || rules === undefined) return 0n
    const fee = blobFee(rules, scope.block.header.market.excessBlobGas)
    if (maxFeePerBlobGas < fee)
      this.#breach(scope, `offers ${maxFeePerBlobGas} a blob gas, the fee is ${fee}`)
    return BigInt(blobs * GAS_PER_BLOB) * fee
  }

  #split(
    scope: Scope,
    { from, gasLimit, maxFeePerGas, blobs = 0, maxFeePerBlobGas = 0n }: Transaction,
    fee: JournalEntry,
    burned: bigint,
    tip: bigint,
  ): void {
    let paid = 0n
    let burnt = 0n
    let tipped = 0n
    for (const { kind, owner, token, amount } of fee.legs) {
      if (token !== ZERO_ADDRESS) this.#breach(scope, `gas paid in ${token}`)
      else if (kind === 'BURN') burnt += amount
      else if (kind === 'GAS_FEE' && owner === scope.block.header.producer) tipped += amount
      else if (owner === from) {
        paid -= amount
        const held = scope.chain.book.token(ZERO_ADDRESS).balance(kind, owner)
        const most = BigInt(gasLimit) * maxFeePerGas + BigInt(blobs * GAS_PER_BLOB) * maxFeePerBlobGas
        if (held < most) this.#breach(scope, `holds ${held}, it may cost ${most}`)
      }
    }
    if (burnt !== burned || tipped !== tip || paid !== burned + tip)
      this.#breach(scope, `burns ${burnt} of ${burned}, tips ${tipped} of ${tip}, its sender pays ${paid}`)
  }

  #breach(scope: Scope, detail: string): void {
    const { chain, block, receipt, atMs } = scope
    this.#tally.breach(
      'T-9',
      atMs,
      chain.chainId,
      `block ${block.header.number}, ${receipt.transactionHash}: ${detail}`,
    )
  }
}
