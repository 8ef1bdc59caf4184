// Every control that a scenario can have is one whose worth `solvent contagion --interventions` measures: by its place in the schema and by
// its file in the settlement core. A new one fails here until it has an intervention, or a line that says why not.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashCanonical } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import type { Control } from '../../packages/experiments/src/contagion/controls/control.ts'
import {
  controls,
  lastingControls,
  withControls,
} from '../../packages/experiments/src/contagion/controls/controls.ts'
import { impossibility } from '../../packages/experiments/src/contagion/possible.ts'
import { drawn } from '../../packages/experiments/src/contagion/shock.ts'
import { controlsSchema } from '../../packages/experiments/src/controls/control-schema.ts'
import { perpetualSchema } from '../../packages/experiments/src/derivatives/perpetual-schema.ts'
import { lendingPoolSchema } from '../../packages/experiments/src/lending/lending-schema.ts'
import { bridgeControlKeys } from '../../packages/experiments/src/scenario/bridge-controls-schema.ts'
import { loadScenario } from '../../packages/experiments/src/scenario/load-scenario.ts'
import { ROOT } from './project.ts'

const named = controls.map(({ name }) => name)

/** Names of interventions; or, in words, why there is none. */
type Answer = readonly string[] | string

const PART = 'is what the control is about, no control of its own'
const TERMS = 'a term of business: a run with another is another scenario'

const sections: Record<string, Answer> = {
  breakers: ['market-breaker', 'liquidation-halt', 'withdrawal-halt'],
  outflowLimits: ['outflow-limit', 'market-outflow-limit'],
  collateralChecks: ['collateral-check'],
  authorities: [
    'risk-agent',
    'governance-vote',
    'dynamic-ratio',
    'asked-terms',
    'issuer-freeze',
    'jurisdictions',
  ],
  discountWindows: ['discount-window'],
}

const ofAuthorities: Record<string, Answer> = {
  rules: ['risk-agent', 'governance-vote'],
  ratios: ['dynamic-ratio'],
  assets: ['issuer-freeze'],
  accounts: ['jurisdictions'],
  members: ['risk-agent', 'governance-vote'],
  pools: ['asked-terms'],
  chain: PART,
  weights: PART,
  vote: PART,
  quorum: PART,
  votingDelaySeconds: PART,
  executionDelaySeconds: PART,
  bounds: PART,
}

const ofBridges: Record<string, Answer> = {
  limiter: ['limiter'],
  governor: ['governor'],
  departureLimits: ['departure-limit'],
  accountant: ['accountant'],
  withdrawalCap: ['withdrawal-cap'],
  recovery: ['socialised-loss'],
}

const ofPools: Record<string, Answer> = {
  engine: ['slow-liquidation', 'english-liquidation', 'dutch-liquidation'],
  insurance: ['insurance-fund', 'mutual-cover'],
  uptime: ['sequencer-grace'],
  eModes: ['plain-terms'],
  reserves: ['supply-caps', 'borrow-caps'],
  chain: PART,
  positions: PART,
}

const ofReserves: Record<string, Answer> = {
  floor: ['price-band'],
  cap: ['price-band'],
  corroboratedBy: ['price-agreement'],
  agreementBps: ['price-agreement'],
  supplyCap: ['supply-caps'],
  borrowCap: ['borrow-caps'],
  status: ['asked-terms', 'risk-agent'],
  oracle: ['outside-oracles', 'delayed-oracles', 'feed-medians'],
  maxAgeSeconds: 'always kept: no run takes a price however old it is (C-5)',
  ltvBps: TERMS,
  liquidationThresholdBps: TERMS,
  liquidationBonusBps: TERMS,
  liquidationProtocolFeeBps: TERMS,
  reserveFactorBps: TERMS,
  borrowing: TERMS,
  rates: TERMS,
}

const ofHouses: Record<string, Answer> = {
  fund: ['clearing-fund'],
  markets: ['dynamic-margin'],
  chain: PART,
  asset: PART,
  keepers: PART,
}

const schemas = {
  controls: [controlsSchema.shape, sections],
  'controls.authorities': [controlsSchema.shape.authorities.unwrap().valueType.shape, ofAuthorities],
  bridges: [bridgeControlKeys, ofBridges],
  lending: [lendingPoolSchema.shape, ofPools],
  'lending.reserves': [lendingPoolSchema.shape.reserves.valueType.shape, ofReserves],
  perpetuals: [perpetualSchema.shape, ofHouses],
} as const

/** Files and folders of the settlement core. */
const settled: Record<string, Record<string, Answer>> = {
  controls: {
    authority: sections['authorities']!,
    'circuit-breaker.ts': sections['breakers']!,
    'collateral-check.ts': ['collateral-check'],
    'discount-window': ['discount-window'],
    'dynamic-margin.ts': ['dynamic-margin'],
    'outflow-window.ts': ['outflow-limit', 'market-outflow-limit'],
    'control-state.ts': PART,
    'guard-call.ts': PART,
    'may-pledge.ts': PART,
  },
  'bridge/limiter': {
    'bucket-level.ts': ['departure-limit'],
    'departure-limit.ts': ['departure-limit'],
    'limit-transfer.ts': ['limiter'],
    'limiter-calls.ts': ['limiter'],
    'limiter-rules.ts': ['limiter', 'governor'],
    'limiter-state.ts': ['limiter'],
    'sliding-window.ts': ['limiter', 'governor'],
  },
}

describe('each control has an intervention', () => {
  it.each(Object.entries(schemas))('by its place in the schema: %s', (_, [shape, answers]) => {
    expect(Object.keys(shape).filter((key) => !(key in answers))).toEqual([])
    expect(Object.keys(answers).filter((key) => !(key in shape))).toEqual([])
  })

  it.each(Object.entries(settled))('by its file in the settlement core: %s', (folder, answers) => {
    const files = readdirSync(join(ROOT, 'packages/settlement/src', folder)).filter(
      (file) => !file.endsWith('.test.ts'),
    )
    expect(files.filter((file) => !(file in answers))).toEqual([])
  })

  it('which is registered, and in its page', () => {
    const page = readFileSync(join(ROOT, 'docs/models/attribution.md'), 'utf8')
    const answers = [...Object.values(schemas).map(([, of]) => of), ...Object.values(settled)]
    for (const answer of answers.flatMap((of) => Object.values<Answer>(of)))
      if (typeof answer !== 'string') expect(named).toEqual(expect.arrayContaining([...answer]))
    for (const name of named) expect(page, name).toContain(`\`${name}\``)
  })
})

const FILES = [
  'bridge/governor-stolen-keys',
  'bridge/optimistic-false-fill-disputed',
  'bridge/scheme-break-rotated',
  'contagion/all-channels',
  'contagion/haircut-chain',
  'lending/rehypothecation',
  'controls/account-keys-moved',
  'controls/breakers-venues',
  'controls/flash-crash-controlled',
  'controls/freeze-issuer',
  'controls/council-asked',
  'controls/last-resort',
  'controls/margin-dynamic',
  'derivatives/cover-depeg',
  'lending/insurance',
  'oracle/manipulated-venue',
  'oracle/sequencer-grace',
  'rollup/data-withheld',
]

describe('a control of a study', () => {
  const scenarios = FILES.map((file) => {
    const path = `configs/scenarios/${file}.yaml`
    return drawn(loadScenario(path, readFileSync(join(ROOT, path))).scenario, 1)
  })
  const bare = scenarios.map((each) => withControls(each, [], lastingControls(each)))
  const having = (control: Control) => [...scenarios, ...bare.map((each) => control.add(each))]

  it('leaves a scenario possible that a file describes, without any control', () => {
    expect(bare.map(impossibility).filter((problem) => problem !== null)).toEqual([])
  })

  it('is added by its own setting, and the scenario stays possible', () => {
    const never = controls.filter(
      ({ setting, ...control }) =>
        !setting.startsWith('none') &&
        !bare.some((each) => {
          const added = control.add(each)
          return hashCanonical(added) !== hashCanonical(each) && impossibility(added) === null
        }),
    )
    // No file has categories of assets that are thought to move together.
    expect(never.map(({ name }) => name)).toEqual(['plain-terms'])
  })

  it('is taken away again, and the scenario stays possible', () => {
    const never = controls.filter(
      (control) =>
        !having(control).some((each) => {
          if (!control.isIn(each)) return false
          const without = control.remove(each)
          return !control.isIn(without) && impossibility(without) === null
        }),
    )
    // No file says that it has these: they change what it says.
    expect(never.map(({ name }) => name)).toEqual([
      'no-pause',
      'early-pause',
      'plain-terms',
      'outside-oracles',
    ])
  })
})
