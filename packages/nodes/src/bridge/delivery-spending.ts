// What a relayer has handed in was to cost: said as it is handed in, before a block has it.
import type { Ports } from '@solvent/ports'
import type { SolventVocabulary } from '@solvent/protocol'
import type { DeliveryCost } from './attestation-source.ts'

export interface DeliverySpending {
  /** Something has been handed in. */
  add(cost: Omit<DeliveryCost, 'bond'>): void
  /** Wei that it was to cost so far, and was to cost at most. */
  readonly said: Readonly<Pick<DeliveryCost, 'fee' | 'maxFee'>>
}

/** Begins at nothing: it counts what is handed in from now on. */
export function createDeliverySpending({ meter }: Pick<Ports<SolventVocabulary>, 'meter'>): DeliverySpending {
  const said = { fee: 0n, maxFee: 0n }
  return {
    add({ gas, headerGas, fee, maxFee }) {
      meter.count('delivery-gas', gas)
      meter.count('delivery-header-gas', headerGas)
      said.fee += fee
      said.maxFee += maxFee
    },
    said,
  }
}
