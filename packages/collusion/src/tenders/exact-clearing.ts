// A tender through the mechanism itself, in integers: races, falling prices, batches, records, and whatever somebody fades on. Bidders go by their luck in
// this tender in place of their names, since mechanisms break ties by name, and a name would win them all.
import { createMechanism, type Discipline, type Offer } from '@solvent/mechanisms'
import { type TenderBids, type TenderClearing, unitsOfPrice, VALUE_UNITS } from './tender-clearing.ts'
import type { DrawnTender } from './tender-draws.ts'
import type { TenderStudy } from './tender-study.ts'

const VALUE = BigInt(VALUE_UNITS)
const LOT = 'order'

/** @param disciplines whose records the mechanism reads; whom they admit is decided before */
export function exactClearing(study: TenderStudy, disciplines: readonly Discipline[]): TenderClearing {
  const mechanism = createMechanism(study.mechanism)
  const { reserve } = study
  const attemptCost = BigInt(unitsOfPrice(study.attemptCost))
  const keys = study.bidders.map((_, rank) => String(rank).padStart(2, '0'))
  const numbers = new Map<string, number>()
  const records = disciplines.filter((each) => each.reliabilityPpm !== undefined)
  const reliability = (name: string) =>
    Math.min(...records.map((each) => each.reliabilityPpm?.(name) ?? MILLION))

  const offersOf = ({ ranks, delaysMs }: DrawnTender, { prices, fades }: TenderBids): Offer[] => {
    const offers: Offer[] = []
    for (let bidder = 0; bidder < prices.length; bidder++) {
      const key = keys[ranks[bidder] as number] as string
      numbers.set(key, bidder)
      const price = prices[bidder] as number
      if (Number.isNaN(price)) continue
      offers.push({
        id: key,
        bidder: key,
        amounts: new Map([[LOT, VALUE - BigInt(unitsOfPrice(price))]]),
        delayMs: delaysMs[bidder] as number,
        fades: fades[bidder] === 1,
      })
    }
    return offers
  }

  return {
    clear(drawn, bids, into) {
      const offers = offersOf(drawn, bids)
      const holder = drawn.exclusive < 0 ? null : (keys[drawn.ranks[drawn.exclusive] as number] ?? null)
      const lot = {
        id: LOT,
        pair: drawn.market.asset,
        reserve: VALUE - BigInt(unitsOfPrice(reserve)),
        start: VALUE,
        attemptCost,
        exclusive: holder,
      }
      const reliabilityPpm =
        records.length === 0
          ? {}
          : {
              reliabilityPpm: new Map(
                offers.map(({ bidder }) => [
                  bidder,
                  reliability(study.bidders[numbers.get(bidder) ?? 0]?.name ?? ''),
                ]),
              ),
            }
      const { awards, dropped, payments } = mechanism.clear({ lots: [lot], offers, ...reliabilityPpm })
      const award = awards[0]
      const isFilled = award !== undefined && !award.offer.fades
      into.winner = isFilled ? (numbers.get(award.offer.bidder) ?? -1) : -1
      into.paid = isFilled ? Number(VALUE - award.amount) / VALUE_UNITS : reserve
      into.faded.length = 0
      for (const { offer, reason } of dropped)
        if (reason === 'faded') into.faded.push(numbers.get(offer.bidder) ?? -1)
      if (award?.offer.fades === true) into.faded.push(numbers.get(award.offer.bidder) ?? -1)
      if (into.hasExtras) into.extras.fill(0)
      into.hasExtras = payments.length > 0
      const { extras } = into
      for (const { from, to, amount } of payments) {
        const part = Number(amount) / VALUE_UNITS
        const [payer, payee] = [numbers.get(from), numbers.get(to)]
        if (payer !== undefined) extras[payer] = (extras[payer] as number) - part
        if (payee !== undefined) extras[payee] = (extras[payee] as number) + part
      }
    },
  }
}

const MILLION = 1_000_000
