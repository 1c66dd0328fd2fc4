/** What is wrong with the settings, in a form that can be said in any language. */

/** A sentence: its key in the locales ("settings.…") and its values. */
export interface Sentence {
  key: string
  values?: Readonly<Record<string, string | number>>
}

export interface SettingsProblem {
  /** "VK_GROUP_ID" or "lines[0].services[2].price". */
  key: string
  /** Where it stands: absent for the environment. */
  file?: string
  /** 1-based line of `file`. */
  line?: number
  /** What was found, safe to show: secrets are masked. Absent: nothing was there. */
  found?: string
  /** "settings.expected.…": what should stand there. "settings.advice.…": a sentence that says it all. */
  expected: Sentence
}

/** Something odd that does not stop the program. */
export type SettingsWarning = Sentence

/** All that is wrong with the settings at once. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly problems: readonly SettingsProblem[]

  /** @param problems at least one; the message names the keys only, so it is safe for a log */
  constructor(problems: readonly SettingsProblem[]) {
    super(`settings: ${problems.map(({ key }) => key).join(', ')}`)
    this.problems = problems
  }
}
