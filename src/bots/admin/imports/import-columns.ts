import { meanings, type Meaning } from '../../../domain/visit-file/column-names.ts'
import { columnLetter, type ColumnChoices, type Layout } from '../../../domain/visit-file/layout.ts'

/** What is kept of how a file is to be read: `Import.columns`. */
export interface ImportColumns {
  layout: Layout
  /** What a person said about the columns. */
  choices: ColumnChoices
  /** What a person said about dates like 03/04/2024. */
  dateOrder?: 'dayFirst' | 'monthFirst'
  /** False: a column was chosen, and the file was not looked at since. */
  looked: boolean
}

/** The same after a person said: this column (counted from 0) has that meaning, or none has it. */
export function withColumn(
  { layout, choices, ...rest }: ImportColumns,
  meaning: Meaning,
  column: number | undefined,
): ImportColumns {
  const columns = { ...layout.columns }
  const said: ColumnChoices = {
    ...choices,
    [meaning]: column === undefined ? '' : choiceOf(layout.names, column),
  }
  for (const other of meanings) {
    if (column === undefined || other === meaning || columns[other] !== column) continue
    // Whose column was taken away has none: by its name it would be found again.
    delete columns[other]
    said[other] = ''
  }
  if (column === undefined) delete columns[meaning]
  else columns[meaning] = column
  return { ...rest, layout: { ...layout, columns }, choices: said, looked: false }
}

/** A column by its name; by its letter where another one has the same name. */
function choiceOf(names: readonly string[], column: number): string {
  const name = names[column] ?? ''
  return names.indexOf(name) === column && name !== '' ? name : columnLetter(column)
}
