// A chart as SVG text, drawn without a browser by ECharts; once in light and once in dark colours.
import * as echarts from 'echarts'

export interface Palette {
  readonly ink: string
  readonly faint: string
  readonly series: readonly string[]
}

/** Okabe, Ito 2008 (Color Universal Design): told apart by colour-blind readers. */
const SERIES = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#999999']
const LIGHT: Palette = { ink: '#1b1b1b', faint: '#d0d0d0', series: SERIES }
const DARK: Palette = {
  ink: '#ececec',
  faint: '#4a4a4a',
  series: ['#56B4E9', ...SERIES.slice(1, 5), '#0072B2', '#999999'],
}

const WIDTH = 920

/** What is drawn: an option of ECharts, for a palette. */
export type Drawing = (palette: Palette) => echarts.EChartsCoreOption

/** @param title read out where the picture is not seen */
export function chart(title: string, height: number, drawing: Drawing): string {
  const drawn = ([name, palette]: readonly [string, Palette]): string =>
    `<div class="${name}" role="img" aria-label="${title}">${svgOf(`${slug(title)}-${name}`, height, drawing, palette)}</div>`
  return [['light', LIGHT] as const, ['dark', DARK] as const].map(drawn).join('\n')
}

/** The picture alone, in light colours on white. */
export function chartFile(title: string, height: number, drawing: Drawing): string {
  return svgOf(slug(title), height, (palette) => ({ backgroundColor: '#ffffff', ...drawing(palette) }), LIGHT)
}

/** A title as the name of a file or of a class. */
export function slug(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

/** ECharts counts its pictures and their classes over the whole process; here each counts its own, so that the same picture is the same text. */
function svgOf(id: string, height: number, drawing: Drawing, palette: Palette): string {
  const instance = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height })
  instance.setOption({
    animation: false,
    color: [...palette.series],
    textStyle: { color: palette.ink, fontFamily: 'system-ui, DejaVu Sans, sans-serif' },
    ...drawing(palette),
  })
  const svg = instance.renderToSVGString()
  instance.dispose()
  const names = new Map<string, string>()
  return svg.replaceAll(/\bzr\d+-[a-z]+-?\d+\b/g, (name) => {
    const own = names.get(name) ?? `${id}-${names.size}`
    names.set(name, own)
    return own
  })
}

/** Axis that shows the palette's colours. */
export function axis(palette: Palette): object {
  return {
    axisLabel: { color: palette.ink },
    axisLine: { lineStyle: { color: palette.ink } },
    splitLine: { lineStyle: { color: palette.faint } },
    nameTextStyle: { color: palette.ink },
  }
}

/** Fonts of readers are up to a fifth wider than those that names are measured with here. */
export const legend = (palette: Palette): object => ({
  textStyle: { color: palette.ink },
  top: 0,
  itemGap: 28,
})

/** 1.2k, 3.4M: for axes and labels. */
export function short(value: number): string {
  const size = Math.abs(value)
  for (const [limit, unit] of [
    [1e9, 'bn'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const)
    if (size >= limit) return `${Number((value / limit).toPrecision(3))}${unit}`
  return String(Number(value.toPrecision(3)))
}
