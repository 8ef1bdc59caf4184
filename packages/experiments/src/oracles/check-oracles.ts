// The meaning of oracles: assets and chains that exist, somebody who feeds them, and others to rest on without going in a circle.
import type { Findings, Path } from '../scenario/findings.ts'
import { pairOf, venuesOf } from '../scenario/market-names.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import { vaultsOf } from '../scenario/range-vaults.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'
import { pathText } from '../scenario/yaml-place.ts'
import { quorumOf } from './assemble-oracles.ts'
import { checkChain } from './oracle-chain.ts'
import type { ScenarioOracle } from './oracle-schema.ts'

export function checkOracles(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  for (const [name, oracle] of Object.entries(scenario.oracles ?? {})) {
    const path = ['oracles', name]
    findings.reference([...path, 'chain'], 'chain', oracle.chain, Object.keys(scenario.chains))
    if (oracle.kind === 'uptime') continue
    if (oracle.kind === 'measure') {
      checkMeasure(scenario, oracle, path, findings)
      continue
    }
    if (oracle.kind !== 'receipt')
      findings.reference([...path, 'asset'], 'asset', oracle.asset, Object.keys(scenario.assets))
    if (oracle.kind === 'feed') checkFeed(scenario, oracle, path, findings)
    else checkDerived(scenario, name, oracle, findings)
    if (oracle.kind === 'peg') warnOfPeg(scenario, oracle, path, warnings)
    if (oracle.kind === 'lp-share' || oracle.kind === 'vault-share')
      warnOfSides(scenario, oracle, path, warnings)
  }
}

/** What an oracle may be off at the start before it is worth a word. */
const PEG_BAND = 0.1

/** A price in the code that is not the asset's own: a mistake more often than a doubt about the asset. */
function warnOfPeg(
  { assets }: Scenario,
  { asset, price }: Extract<ScenarioOracle, { kind: 'peg' }>,
  path: Path,
  warnings: ScenarioWarning[],
): void {
  const own = Number(assets[asset]?.price ?? price)
  if (Math.abs(Number(price) - own) <= PEG_BAND * own) return
  warnings.push({
    rule: 'peg-off-price',
    path: pathText([...path, 'price']),
    message: `says ${price} for ${asset}, which is at ${own} when the run begins: whoever lends on it believes the peg (1 unless given)`,
  })
}

/** A share is worth its two coins: taken for each other they make a price that means nothing. */
function warnOfSides(
  { oracles = {} }: Scenario,
  { asset, of }: Extract<ScenarioOracle, { kind: 'lp-share' | 'vault-share' }>,
  path: Path,
  warnings: ScenarioWarning[],
): void {
  const told = oracles[of]
  if (told === undefined || !('asset' in told) || told.asset === asset) return
  warnings.push({
    rule: 'share-of-other-coin',
    path: pathText([...path, 'of']),
    message: `${of} tells the price of ${told.asset}, and stands for ${asset}: \`of\` is the oracle of the asset, \`other\` that of the market's other coin`,
  })
}

function checkFeed(
  scenario: Scenario,
  feed: Extract<ScenarioOracle, { kind: 'feed' }>,
  path: Path,
  findings: Findings,
): void {
  if (feed.market !== undefined) {
    const traded = venuesOf(scenario).filter(
      ({ market }) => market.chain === feed.chain && pairOf(market).includes(feed.asset),
    )
    findings.reference(
      [...path, 'market'],
      `market on ${feed.chain} that trades ${feed.asset}`,
      feed.market,
      traded.map(({ name }) => name),
    )
  }
  if (feed.reporters === 0)
    findings.add('E_RANGE', [...path, 'reporters'], 'an oracle that nobody feeds', {
      got: '0',
      allowed: '1 to 31',
      hint: 'A price in the code is an oracle of kind peg.',
    })
  else checkQuorum(feed, path, findings)
  const { minAnswer = '0', maxAnswer } = feed
  if (maxAnswer !== undefined && Number(maxAnswer) < Number(minAnswer))
    findings.add('E_RANGE', [...path, 'maxAnswer'], 'the greatest answer is below the least', {
      got: maxAnswer,
      allowed: `at least ${minAnswer}`,
    })
}

function checkQuorum(
  feed: Extract<ScenarioOracle, { kind: 'feed' | 'measure' }>,
  path: Path,
  findings: Findings,
): void {
  if (quorumOf(feed) > feed.reporters)
    findings.add('E_RANGE', [...path, 'quorum'], 'more reports than reporters', {
      got: String(quorumOf(feed)),
      allowed: `at most ${feed.reporters}`,
    })
}

/** A bridge that can lose its backing, or pools, wherever they are: reporters follow the chains concerned. */
function checkMeasure(
  { bridges, lending = {} }: Scenario,
  oracle: Extract<ScenarioOracle, { kind: 'measure' }>,
  path: Path,
  findings: Findings,
): void {
  const { measure } = oracle
  checkQuorum(oracle, path, findings)
  if (measure.of === 'backing')
    findings.reference(
      [...path, 'measure', 'bridge'],
      'bridge whose assets are backed by what it holds',
      measure.bridge,
      Object.keys(bridges).filter((name) => {
        const { kind } = bridges[name]!.custody
        return kind === 'lock-mint' || kind === 'burn-mint'
      }),
    )
  else
    measure.pools.forEach((pool, index) => {
      findings.reference([...path, 'measure', 'pools', index], 'lending pool', pool, Object.keys(lending))
      if (measure.pools.indexOf(pool) !== index)
        findings.add('E_VALUE', [...path, 'measure', 'pools', index], 'the pool is counted already', {
          got: pool,
          allowed: 'each pool once',
        })
    })
}

function checkDerived(
  scenario: Scenario,
  name: string,
  oracle: Exclude<ScenarioOracle, { kind: 'feed' | 'uptime' | 'measure' }>,
  findings: Findings,
): void {
  if (oracle.kind === 'peg') return
  const path = ['oracles', name]
  const oracles = scenario.oracles ?? {}
  const here = Object.keys(oracles).filter((each) => oracles[each]!.chain === oracle.chain && each !== name)
  findings.reference([...path, 'of'], `oracle on ${oracle.chain}`, oracle.of, here)
  if (oracle.kind === 'lp-share' || oracle.kind === 'vault-share')
    findings.reference([...path, 'other'], `oracle on ${oracle.chain}`, oracle.other, here)
  if (oracle.kind === 'vault-share') {
    const vaults = vaultsOf(scenario).filter(
      ({ venue: { market } }) => market.chain === oracle.chain && pairOf(market).includes(oracle.asset),
    )
    findings.reference(
      [...path, 'vault'],
      `vault of a range on ${oracle.chain} whose market trades ${oracle.asset}`,
      oracle.vault,
      vaults.map((vault) => vault.name),
    )
  }
  if (oracle.kind === 'twap' || oracle.kind === 'lp-share') {
    const traded = venuesOf(scenario).filter(
      ({ market }) =>
        (market.kind === 'constant-product' ||
          market.kind === (oracle.kind === 'twap' ? 'concentrated' : 'stable-swap')) &&
        market.chain === oracle.chain &&
        pairOf(market).includes(oracle.asset),
    )
    findings.reference(
      [...path, 'market'],
      `constant-product or ${oracle.kind === 'twap' ? 'concentrated' : 'stable-swap'} market on ${oracle.chain} that trades ${oracle.asset}`,
      oracle.market,
      traded.map((venue) => venue.name),
    )
    if (
      oracle.kind === 'twap' &&
      !scenarioNodes(scenario).reporters.some(({ chain }) => chain === oracle.chain)
    )
      findings.add('E_REFERENCE', path, 'an average that nobody takes', {
        got: `no reporters on ${oracle.chain}`,
        allowed: 'a chain with an oracle of kind feed, whose first reporter takes the readings',
      })
  }
  if (oracle.kind === 'capped-rate')
    findings.reference([...path, 'rate'], `oracle on ${oracle.chain}`, oracle.rate, here)
  if (oracle.kind === 'receipt') {
    const pools = Object.keys(scenario.lending ?? {}).filter(
      (pool) => scenario.lending![pool]!.chain === oracle.chain,
    )
    if (findings.reference([...path, 'pool'], `pool on ${oracle.chain}`, oracle.pool, pools))
      findings.reference(
        [...path, 'asset'],
        `reserve of ${oracle.pool}`,
        oracle.asset,
        Object.keys(scenario.lending![oracle.pool]!.reserves),
      )
  }
  checkChain(scenario, name, findings)
}
