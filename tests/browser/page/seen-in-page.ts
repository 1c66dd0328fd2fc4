/** Functions that run inside the page (give them to `locator.evaluate`): what they use of the browser is declared here. */

interface Element {
  innerText: string
  ariaLabel: string | null
  labels?: Iterable<Element>
  scrollTop: number
  scrollWidth: number
  clientWidth: number
  closest(selector: string): Element
  decode(): Promise<void>
}
declare const getComputedStyle: (element: Element) => { color: string; backgroundColor: string }

/** What a screen reader calls a control: its label, or the words in it. */
export const spokenName = (element: Element): string =>
  element.ariaLabel ??
  [element.innerText.trim(), ...Array.from(element.labels ?? [], (label) => label.innerText)].join(' ').trim()

/** Resolves when a picture can be seen. */
export const loaded = (element: Element): Promise<void> => element.decode()

export const scrolledPx = (element: Element): number => element.scrollTop

/** How far an element can be scrolled sideways. */
export const sidewaysPx = (element: Element): number => element.scrollWidth - element.clientWidth

/** The contrast of an element's text with the bubble behind it, from 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(element: Element): number {
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((channel) => {
      const share = Number(channel) / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const text = luminance(getComputedStyle(element).color)
  const back = luminance(getComputedStyle(element.closest('.bubble')).backgroundColor)
  return (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05)
}
