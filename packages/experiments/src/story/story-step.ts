// What a node recorded of an order, in words.

type Payload = Readonly<Record<string, unknown>>

/** Null: no step that a reader looks for. */
export function toldStep(kind: string, payload: Payload): string | null {
  switch (kind) {
    case 'order-signed':
      return 'signs the order'
    case 'order-accepted':
      return 'accepts it for auction'
    case 'order-refused':
      return `refuses it: ${String(payload.reason)}`
    case 'award-faded':
      return 'saw that the winner did not fill it while it alone could'
    case 'bid-declined':
      return `does not bid: ${String(payload.reason)}`
    case 'bid-placed':
      return `bids ${String(payload.outputAmount)}`
    case 'inventory-reserved':
      return `sets ${String(payload.amount)} aside for its ${String(payload.reason)}`
    case 'inventory-released':
      return `takes ${String(payload.amount)} back: ${String(payload.reason)}`
    case 'auction-closed': {
      const { bids } = payload.award as { bids: readonly unknown[] }
      return bids.length === 0
        ? 'closes the auction without a bid'
        : `closes the auction with ${bids.length} bids`
    }
    case 'receivable':
      return RECEIVABLE[String(payload.state)] ?? `its claim is ${String(payload.state)}`
    case 'commitment':
      return null
    default:
      return kind.replaceAll('-', ' ')
  }
}

const RECEIVABLE: Readonly<Record<string, string>> = {
  held: 'has filled it, and holds a claim on the escrow',
  attested: 'sees its fill attested',
  proven: 'sees its fill proven on the origin chain',
  claimed: 'is paid out of the escrow',
  stranded: 'will not be paid: the claim is stranded',
  sold: 'has sold its claim',
}
