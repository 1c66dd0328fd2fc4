/** Small pieces of HTML. What is put into them is text: nothing in it is taken for markup. */

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as HTML. */
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '')

/** HTML that is ready: the only way to put markup into markup. */
export interface Html {
  html: string
}

/** A template in which texts are escaped, and pieces of HTML, lists of them too, stand as they are. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  let all = parts[0] ?? ''
  values.forEach((value, at) => {
    all += plain(value) + (parts[at + 1] ?? '')
  })
  return { html: all }
}

const plain = (value: string | number | Html | readonly Html[]): string => {
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  return 'html' in value ? value.html : value.map((one) => one.html).join('')
}
