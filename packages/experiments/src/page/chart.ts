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

/** @param title read out where the picture is not seen. @param option of ECharts, for a palette */
export function chart(
  title: string,
  height: number,
  option: (palette: Palette) => echarts.EChartsCoreOption,
): string {
  const drawn = ([name, palette]: readonly [string, Palette]): string => {
    const instance = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height })
    instance.setOption({
      animation: false,
      color: [...palette.series],
      textStyle: { color: palette.ink, fontFamily: 'system-ui, sans-serif' },
      ...option(palette),
    })
    const svg = instance.renderToSVGString()
    instance.dispose()
    return `<div class="${name}" role="img" aria-label="${title}">${svg}</div>`
  }
  return [['light', LIGHT] as const, ['dark', DARK] as const].map(drawn).join('\n')
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

export const legend = (palette: Palette): object => ({ textStyle: { color: palette.ink }, top: 0 })

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
