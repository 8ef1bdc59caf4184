// What holdings are worth: prices, less the haircut that the loss rule puts on the holders of a bridged asset. Values
// are in the numeraire times 10^8. Haircuts: settlement.md §6 of the reference, `backing` of the settlement core.
import type { PoolBacking, RouteBacking, TokenMark } from '@solvent/audit'
import { type Address, type ChainId, divFloor, wholeUnit } from '@solvent/primitives'
import { type BridgeSpec, type NetworkSpec, type PriceBook, priceOf, type TokenSpec } from '@solvent/protocol'
import type { LossRule } from './loss-rule.ts'

/** A deficit and the claims that share it. */
export interface Claims {
  readonly deficit: bigint
  /** Base units of the home token: wrapped supply and transfers on their way. */
  readonly far: bigint
  /** Base units of the home token that circulate at home. */
  readonly home: bigint
}

/** The part of each claim that is left, as a fraction; 1/1 where nothing is lost. */
export interface Keep {
  readonly numerator: bigint
  readonly denominator: bigint
}

const WHOLE: Keep = { numerator: 1n, denominator: 1n }

/** Who keeps how much of an asset under a rule, on its home chain and on the far ones. */
export function keepOf(
  { deficit, far, home }: Claims,
  rule: LossRule,
): { readonly home: Keep; readonly far: Keep } {
  if (rule === 'all-holders') {
    const shared = fraction(deficit, far + home)
    return { home: shared, far: shared }
  }
  return { home: WHOLE, far: fraction(deficit, far) }
}

function fraction(deficit: bigint, claims: bigint): Keep {
  if (deficit <= 0n || claims <= 0n) return WHOLE
  return { numerator: deficit >= claims ? 0n : claims - deficit, denominator: claims }
}

export class Marks {
  readonly #marks = new Map<string, TokenMark>()

  /** Prices every token of the network; `circulating` gives what circulates of a token on a chain. */
  constructor(options: {
    readonly spec: NetworkSpec
    readonly prices: PriceBook
    readonly rule: LossRule
    readonly backing: readonly RouteBacking[]
    readonly circulating: (chainId: ChainId, token: Address) => bigint
  }) {
    const { spec, prices } = options
    for (const token of spec.tokens) {
      const { numerator, denominator } = this.#keep(options, token)
      this.#marks.set(`${token.chainId}/${token.address}`, {
        chainId: token.chainId,
        token: token.address,
        decimals: token.decimals,
        priceE8: priceOf(prices, token.symbol),
        keepNumerator: numerator,
        keepDenominator: denominator,
      })
    }
    for (const pool of options.backing.flatMap(({ pools }) => pools)) {
      const token = spec.tokens.find((each) => each.chainId === pool.chainId && each.address === pool.token)
      if (token !== undefined) this.#addShares(pool, token, prices)
    }
  }

  /** A share is worth its part of the pool, claims that exploits made left out. */
  #addShares(pool: PoolBacking, { decimals, symbol }: TokenSpec, prices: PriceBook): void {
    const { chainId, shareToken, value, forged, shares } = pool
    const worth = value - forged
    this.#marks.set(`${chainId}/${shareToken}`, {
      chainId,
      token: shareToken,
      decimals,
      priceE8: priceOf(prices, symbol),
      keepNumerator: worth > 0n ? worth : 0n,
      keepDenominator: shares > 0n ? shares : 1n,
    })
  }

  all(): TokenMark[] {
    return [...this.#marks.values()]
  }

  /** Value after the haircut, rounded down; 0 for a token that the network does not price. */
  valueE8(chainId: ChainId, token: Address, amount: bigint): bigint {
    const mark = this.#marks.get(`${chainId}/${token}`)
    if (mark === undefined) return 0n
    const { priceE8, keepNumerator, keepDenominator, decimals } = mark
    return divFloor(amount * priceE8 * keepNumerator, wholeUnit(decimals) * keepDenominator)
  }

  /** Value at the price alone, rounded down. */
  faceValueE8(chainId: ChainId, token: Address, amount: bigint): bigint {
    const mark = this.#marks.get(`${chainId}/${token}`)
    return mark === undefined ? 0n : divFloor(amount * mark.priceE8, wholeUnit(mark.decimals))
  }

  #keep(options: ConstructorParameters<typeof Marks>[0], { chainId, address }: TokenSpec): Keep {
    let keep = WHOLE
    for (const bridge of options.spec.bridges) {
      // What pools and hash locks carry is native on every chain: what they lose is their providers' and parties' alone.
      if (bridge.custody.kind === 'pool' || bridge.custody.kind === 'hash-lock') continue
      for (const route of bridge.routes) {
        const isHome = route.home.chainId === chainId && route.home.token === address
        const isFar = route.wrapped.some((end) => end.chainId === chainId && end.token === address)
        if (!isHome && !isFar) continue
        const claims = claimsOf(
          options.backing,
          bridge,
          route.symbol,
          options.circulating(route.home.chainId, route.home.token),
        )
        const share = keepOf(claims, options.rule)[isHome && !isIssued(bridge) ? 'home' : 'far']
        keep = {
          numerator: keep.numerator * share.numerator,
          denominator: keep.denominator * share.denominator,
        }
      }
    }
    return keep
  }
}

/** One asset on all its chains, minted by its issuer: an unauthorised mint dilutes all of it alike. */
function isIssued({ custody }: BridgeSpec): boolean {
  return custody.kind === 'burn-mint'
}

/** The claims on one asset of one bridge. */
export function claimsOf(
  backing: readonly RouteBacking[],
  bridge: BridgeSpec,
  symbol: string,
  home: bigint,
): Claims {
  const route = backing.find((line) => line.bridge === bridge.address && line.symbol === symbol)
  if (route === undefined) return { deficit: 0n, far: 0n, home }
  if (isIssued(bridge)) return { deficit: route.deficit, far: route.minted + route.inTransit, home: 0n }
  return { deficit: route.deficit, far: route.minted + route.inTransit, home }
}
