// Ports on libp2p: the same node, in real time, over TCP, noise, yamux and gossipsub.
export { AcceleratedClock, type ClockSetting } from './clock.ts'
export type { DoorVerdict, MessageDoor, SignatureClaim } from './door/message-door.ts'
export type { Host, HostOptions } from './host-options.ts'
export type { CreateOperatorClient, OperatorClient, OperatorClientOptions } from './operator-client.ts'
export { type PeerEntry, peerEntryOf, peerIdOf } from './peer-table.ts'
export type { Severity } from './penalty-ledger.ts'
export type { MessageCodec } from './wire-codec.ts'
