// The summary of a run: the object that `solvent run --json` prints. Its names are stable and documented in
// docs/run-summary.md; amounts are decimal strings of base units, profit and equity decimal strings in the
// scenario's numeraire.

import { type ExposureNetwork, fallsOf } from '@solvent/contagion'
import type { RunReport } from '@solvent/nodes'
import { formatUnits } from '@solvent/primitives'
import type { DrawnFault } from '../faults/draw-faults.ts'
import type { Timekeeping } from '../live/pacer.ts'
import type { ScenarioExpectation } from '../scenario/expectation-schema.ts'
import { type StabilitySummary, stabilitySummaries } from '../stability/stability.ts'
import { auctionSummaries, type CollateralAuctionSummary } from './auction-summary.ts'
import { type BridgeSummary, bridgeSummary } from './bridge-summary.ts'
import { auditCascade } from './cascade-audit.ts'
import { type FallSummary, fallSummaries } from './cascade-summary.ts'
import { type ChainSummary, chainSummaries } from './chain-summary.ts'
import { type CompetitionSummary, competitionSummary, type RunLabels } from './competition-summary.ts'
import { type ControlsSummary, controlsSummary } from './controls-summary.ts'
import {
  type LendingSummary,
  lendingSummaries,
  type OracleSummary,
  oracleSummaries,
} from './credit-summary.ts'
import { type DerivativeSummaries, derivativeSummaries } from './derivative-summary.ts'
import { missedEvaluations, unevaluated } from './evaluations.ts'
import { type ExpectationOutcome, judgeExpectations } from './expectations.ts'
import { type MarketSummary, marketSummaries } from './market-summary.ts'
import { type OutageSummary, outageSummaries } from './outage-summary.ts'
import type { Refusal } from './refusals.ts'
import type { ScenarioDemands } from './run-demands.ts'
import { type StablecoinSummary, stablecoinSummaries } from './stablecoin-summary.ts'

export interface RunSummary extends DerivativeSummaries {
  readonly scenario: string
  readonly seed: number
  readonly runtime: 'sim' | 'libp2p'
  readonly crypto: 'real' | 'stand-in'
  /** Null on libp2p: real time leaves no repeatable trace. */
  readonly traceDigest: string | null
  readonly virtualTimeMs: number
  readonly wallMs: number
  /** Null in virtual time, which keeps itself. */
  readonly timekeeping: Timekeeping | null
  readonly events: number
  readonly messages: number
  readonly orders: {
    readonly signed: number
    readonly opened: number
    readonly filled: number
    readonly settled: number
    readonly refunded: number
    readonly stranded: number
    /** Of the settled ones: a false proof took the escrow. */
    readonly stolen: number
    /** What was in those escrows, in the numeraire. */
    readonly stolenValue: string
    readonly expired: number
    readonly cancelled: number
    readonly rejected: number
    readonly pending: number
  }
  readonly chains: readonly ChainSummary[]
  readonly outages: readonly OutageSummary[]
  readonly solvers: readonly {
    readonly id: string
    readonly profit: string
    readonly equity: string
    readonly insolvent: boolean
  }[]
  readonly actors: readonly {
    readonly id: string
    /** Value of the holdings at the start and in the end. */
    readonly before: string
    readonly after: string
    readonly transactions: number
    readonly reverted: number
    /** Reason → how many. */
    readonly reverts: Readonly<Record<string, number>>
  }[]
  readonly bridges: readonly BridgeSummary[]
  readonly markets: readonly MarketSummary[]
  readonly stablecoins: readonly StablecoinSummary[]
  readonly controls: ControlsSummary
  /** As they were drawn, in the order of the file. */
  readonly faults: readonly DrawnFaultSummary[]
  /** What nodes refused of what the schedule or an operator asked. */
  readonly refusals: readonly Refusal[]
  /** Optimistic bridges. */
  readonly bundles: readonly {
    readonly id: string
    readonly proposed: number
    readonly disputed: number
    readonly upheld: number
    readonly rejected: number
    /** Messages believed because of a bundle. */
    readonly believed: number
    /** Seconds from sending to delivery. */
    readonly toBelief: { readonly min: number; readonly median: number; readonly max: number } | null
  }[]
  /** Bridges whose verifiers somebody tried to rotate. */
  readonly rotations: readonly {
    readonly id: string
    readonly rotated: number
    readonly refused: number
    readonly inGrace: number
  }[]
  /** What accounts with broken keys paid to whoever can sign for them. */
  readonly thefts: readonly {
    /** The account's node. */
    readonly id: string
    readonly chain: string
    readonly asset: string
    readonly amount: string
    readonly transactions: number
  }[]
  readonly oracles: readonly OracleSummary[]
  /** One for each reserve of each pool. */
  readonly lending: readonly LendingSummary[]
  readonly lendingPools: RunReport['lendingPools']
  readonly collateralAuctions: readonly CollateralAuctionSummary[]
  /** How stable each chain's execution environment was, layer by layer. */
  readonly stability: readonly StabilitySummary[]
  /** Auctions of orders, with the ground truth about each solver. */
  readonly competition: CompetitionSummary
  /** Who could not pay any more, in the order of their fall; simulator only. */
  readonly cascade: readonly FallSummary[]
  /** Pairs of commitments of one signer that cannot both stand. */
  readonly evidence: RunReport['evidence']
  readonly invariants: {
    readonly checked: Readonly<Record<string, number>>
    readonly broken: readonly {
      readonly id: string
      readonly statement: string
      readonly atMs: number
      readonly detail: string
    }[]
    /** Asked of this run, and never evaluated. */
    readonly unevaluated: readonly string[]
  }
  readonly expectations: readonly ExpectationOutcome[]
}

/** A fault that the run had: its label and all its fields, with nothing left to draw. */
export interface DrawnFaultSummary {
  readonly label: string
  readonly kind: string
  readonly atSeconds: number
  readonly [field: string]: unknown
}

/** What a summary says beyond the watcher's report. */
export interface RunFacts {
  readonly scenario: string
  readonly seed: number
  readonly runtime: 'sim' | 'libp2p'
  readonly traceDigest: string | null
  readonly virtualTimeMs: number
  readonly wallMs: number
  readonly timekeeping: Timekeeping | null
  readonly events: number
  readonly messages: number
  readonly faults: readonly DrawnFault[]
  readonly refusals: readonly Refusal[]
  readonly exposures: readonly ExposureNetwork[]
  /** In the order of the file. */
  readonly labels: RunLabels
  /** The same flow with independent bidders, where it was asked for. */
  readonly counterfactual: RunReport['competition'] | null
}

const E8_DECIMALS = 8

export function summarise(
  facts: RunFacts,
  report: RunReport,
  expectations: readonly ScenarioExpectation[],
  demands: ScenarioDemands,
): RunSummary {
  const { atRisk, ...orders } = report.counts
  const { scenario, seed, runtime, traceDigest, virtualTimeMs, wallMs, timekeeping, events, messages } = facts
  const falls = fallsOf(facts.exposures)
  const cascade = auditCascade(facts.exposures, falls, report.genesisMs)
  const checked = { ...evaluations(report), ...cascade.checked }
  const summary: RunSummary = {
    scenario,
    seed,
    runtime,
    crypto: report.signatures === 'secp256k1' ? 'real' : 'stand-in',
    traceDigest,
    virtualTimeMs,
    wallMs,
    timekeeping,
    events,
    messages,
    orders: { ...orders, stolenValue: formatUnits(report.welfare.stolenE8, E8_DECIMALS) },
    chains: chainSummaries(report.chains),
    outages: outageSummaries(report),
    solvers: report.solvers.map(({ node, profitE8, equityE8, insolvent }) => ({
      id: node,
      profit: formatUnits(profitE8, E8_DECIMALS),
      equity: formatUnits(equityE8, E8_DECIMALS),
      insolvent,
    })),
    actors: report.actors.map(({ node, initialE8, valueE8, transactions, reverted, reverts }) => ({
      id: node,
      before: formatUnits(initialE8, E8_DECIMALS),
      after: formatUnits(valueE8, E8_DECIMALS),
      transactions,
      reverted,
      reverts: Object.fromEntries(reverts.map(({ reason, count }) => [reason, count])),
    })),
    bridges: report.bridges.map((bridge) => bridgeSummary(bridge, report)),
    markets: marketSummaries(report),
    stablecoins: stablecoinSummaries(report),
    controls: controlsSummary(report),
    ...derivativeSummaries(report),
    faults: facts.faults.map(({ label, fault }) => ({ label, ...fault })),
    refusals: facts.refusals,
    bundles: report.bundles,
    evidence: report.evidence,
    rotations: report.rotations,
    thefts: report.thefts.map((theft) => ({ ...theft, amount: String(theft.amount) })),
    oracles: oracleSummaries(report),
    lending: lendingSummaries(report),
    lendingPools: report.lendingPools,
    collateralAuctions: auctionSummaries(report),
    stability: stabilitySummaries(report),
    competition: competitionSummary(report, facts.labels, facts.counterfactual),
    cascade: fallSummaries(falls),
    invariants: {
      checked,
      broken: [...report.invariants.broken, ...cascade.broken].map(({ id, statement, atMs, detail }) => ({
        id,
        statement,
        atMs,
        detail,
      })),
      unevaluated: unevaluated(checked, runtime, demands),
    },
    expectations: [],
  }
  return {
    ...summary,
    expectations: [
      ...judgeExpectations({ ...summary, auctions: auctions(report) }, expectations),
      ...missedEvaluations(summary, demands),
    ],
  }
}

function evaluations({ invariants }: RunReport): Record<string, number> {
  return Object.fromEntries(invariants.checked.map(({ id, count }) => [id, count]))
}

/** What expectations may ask of the competition beyond the summary: `auctions.rivalShare`, `auctions.winners`. */
function auctions({ orders }: RunReport): { readonly rivalShare: number; readonly winners: number } {
  const rivalled = orders.filter(({ bids }) => bids > 1).length
  const winners = new Set(orders.map(({ winner }) => winner).filter((winner) => winner !== null))
  return { rivalShare: orders.length === 0 ? 0 : rivalled / orders.length, winners: winners.size }
}
