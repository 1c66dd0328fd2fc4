/** CSV by RFC 4180, with semicolons: rows of raw fields, and whether each stood in quotes. */
export function readCsv(text: string): string[][] {
  if (!text.startsWith('\uFEFF')) throw new Error('no byte order mark')
  const rows: string[][] = []
  let row: string[] = []
  let at = 1
  while (at < text.length) {
    const { field, end } = text[at] === '"' ? quoted(text, at) : bare(text, at)
    row.push(field)
    at = end
    if (text[at] === ';') at += 1
    else if (text.startsWith('\r\n', at)) {
      rows.push(row)
      row = []
      at += 2
      continue
    } else if (at < text.length) throw new Error(`neither ; nor a line's end at ${at}`)
    if (at === text.length) row.push('')
  }
  if (row.length > 0) rows.push(row)
  return rows
}

function quoted(text: string, from: number): { field: string; end: number } {
  let field = ''
  for (let at = from + 1; ; at++) {
    if (at >= text.length) throw new Error('a quote that never ends')
    if (text[at] !== '"') field += text[at]
    else if (text[at + 1] === '"') {
      field += '"'
      at += 1
    } else return { field, end: at + 1 }
  }
}

function bare(text: string, from: number): { field: string; end: number } {
  const field = /[^;\r\n"]*/y
  field.lastIndex = from
  const found = field.exec(text)?.[0] ?? ''
  return { field: found, end: from + found.length }
}
