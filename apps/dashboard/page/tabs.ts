// Tabs for the mouse, the arrow keys and screen readers.
import { byId, element } from './dom.ts'

export interface Tab {
  readonly id: string
  readonly title: string
}

export class Tabs {
  readonly #onChoose: (id: string) => void
  #ids: readonly string[] = []
  #open = ''

  constructor(onChoose: (id: string) => void) {
    this.#onChoose = onChoose
    byId('tabs').addEventListener('keydown', (event) => {
      const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
      if (step === 0) return
      const to = (this.#ids.indexOf(this.#open) + step + this.#ids.length) % this.#ids.length
      this.#onChoose(this.#ids[to]!)
      byId(`tab-${this.#open}`).focus()
      event.preventDefault()
      event.stopPropagation()
    })
  }

  set(tabs: readonly Tab[]): void {
    this.#ids = tabs.map(({ id }) => id)
    byId('tabs').replaceChildren(
      ...tabs.map(({ id, title }) => {
        const tab = element(
          'button',
          { id: `tab-${id}`, type: 'button', role: 'tab', 'aria-controls': 'view' },
          title,
        )
        tab.addEventListener('click', () => this.#onChoose(id))
        return tab
      }),
    )
    this.mark(this.#open)
  }

  /** Says which one is open. */
  mark(id: string): void {
    this.#open = id
    for (const tab of byId('tabs').children) {
      const isOpen = tab.id === `tab-${id}`
      tab.setAttribute('aria-selected', String(isOpen))
      ;(tab as HTMLElement).tabIndex = isOpen ? 0 : -1
    }
  }
}
