/** Button values: "<dialogue>.<question>[.<row>]=<token>", at most 64 bytes (Telegram's callback_data). */

export interface Pressed {
  dialogue: string
  question: string
  row?: string
  token: string
}

/** Tokens that mean the same on every question; an option's id never begins with "!". */
export const control = {
  skip: '!skip',
  back: '!back',
  leave: '!leave',
  keep: '!keep',
  done: '!done',
  noOpinion: '!none',
  page: '!page',
  edit: '!edit',
} as const

export const buttonValue = ({ dialogue, question, row, token }: Pressed): string =>
  `${dialogue}.${question}${row === undefined ? '' : `.${row}`}=${token}`

export function readButtonValue(value: string): Pressed | undefined {
  const [, dialogue, question, row, token] = /^([^.=]+)\.([^.=]+)(?:\.([^.=]+))?=(.+)$/.exec(value) ?? []
  if (dialogue === undefined || question === undefined || token === undefined) return undefined
  return { dialogue, question, ...(row === undefined ? {} : { row }), token }
}
