// Sealed bids that all come in time and are kept: the least price wins and is paid, or the next one is. Typed arrays and no objects: the loop in which a
// session of learners spends its time.
import { mechanismRules } from '@solvent/mechanisms'
import { type TenderClearing, unitsOfPrice, VALUE_UNITS } from './tender-clearing.ts'
import type { TenderStudy } from './tender-study.ts'

/** Rules that are first price, or second price, when nobody is late and nobody fades. */
const SEALED: Readonly<Record<string, 'least' | 'next'>> = {
  'first-price': 'least',
  'commit-reveal': 'least',
  'request-for-quote': 'least',
  reputation: 'least',
  'second-price': 'next',
}

/** Whether such a clearing is all that the study's mechanism does while nobody fades. */
export function isSealedOnly({ mechanism, delaysMs, disciplines }: TenderStudy): boolean {
  const { rule } = mechanism
  if (!Object.hasOwn(SEALED, rule)) return false
  if (rule === 'reputation' && disciplines?.kept.includes('reputation') === true) return false
  const { windowMs } = mechanismRules[rule as 'first-price'].parameters
  return delaysMs.high <= Number(mechanism['windowMs'] ?? windowMs.usual)
}

export function sealedClearing({ mechanism, reserve }: TenderStudy): TenderClearing {
  const most = unitsOfPrice(reserve)
  const paysNext = SEALED[mechanism.rule] === 'next'
  return {
    clear({ ranks }, { prices }, into) {
      let winner = -1
      let least = most
      let next = most
      for (let bidder = 0; bidder < prices.length; bidder++) {
        const price = prices[bidder] as number
        if (Number.isNaN(price)) continue
        const asked = unitsOfPrice(price)
        if (asked > most) continue
        if (
          winner < 0 ||
          asked < least ||
          (asked === least && (ranks[bidder] as number) < (ranks[winner] as number))
        ) {
          if (winner >= 0) next = least
          least = asked
          winner = bidder
        } else if (asked < next) next = asked
      }
      into.winner = winner
      into.paid = winner < 0 ? reserve : (paysNext ? next : least) / VALUE_UNITS
      into.faded.length = 0
      if (into.hasExtras) into.extras.fill(0)
      into.hasExtras = false
    },
  }
}
