// The types of messages by name: what limits, schemas and faults are kept by.

/** Every type of message. */
export const messageTypes = [
  'order',
  'award',
  'header',
  'attestation',
  'evidence',
  'quote-request',
  'bid',
  'sealed-bid',
  'bid-share',
  'share-request',
  'solution',
  'side-channel',
  'transaction',
  'block-request',
  'order-request',
  'control',
  'quote',
  'receipt',
  'bid-shares',
  'blocks',
  'orders',
  'control-reply',
  'source-report',
] as const
export type MessageType = (typeof messageTypes)[number]
