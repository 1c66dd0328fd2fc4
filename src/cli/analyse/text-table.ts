/** A table for the terminal: the first column is words, the others are figures. @returns lines, two blanks before each */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => lengthOf(row[column] ?? ''))))
  const line = (row: readonly string[]): string =>
    `  ${row
      .map((cell, column) => {
        const room = ' '.repeat(Math.max(0, (widths[column] ?? 0) - lengthOf(cell)))
        return column === 0 ? cell + room : room + cell
      })
      .join('  ')}`.trimEnd()
  return all.map(line)
}

const lengthOf = (text: string): number => Array.from(text).length

/** Text in lines of at most `width` characters, `indent` before each. */
export function wrappedText(text: string, indent: string, width = 96): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && lengthOf(line) + 1 + lengthOf(word) > width - indent.length) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((one) => indent + one)
}

const longest = 40

/** A cell of somebody's file as a piece of one line, whatever it holds: a terminal must not take it for a command. */
export function oneLine(value: string): string {
  const letters = Array.from(value.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim())
  return letters.length > longest ? `${letters.slice(0, longest).join('')}…` : letters.join('')
}
