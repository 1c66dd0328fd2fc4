/**
 * A mistake or a misfortune that a person can mend: the text is a locale key, so that the same error can be shown
 * in the installer's language by the command line, by `doctor` and by the settings.
 *
 * `key` names file and entry (`storage.diskFull` is `diskFull` in `locales/<language>/storage.json`), `params` are
 * the values that the text mentions. `message` holds both, for a log or an uncaught error: nothing in `params` may
 * therefore be secret (no passwords, no tokens, no connection strings).
 */
export class AdviceError extends Error {
  override readonly name = 'AdviceError'
  readonly key: string
  readonly params: AdviceParams

  /**
   * @param key locale key, `<file>.<entry>`
   * @param params what the text mentions
   * @param options `cause`: the error underneath, if there was one
   */
  constructor(key: string, params: AdviceParams = {}, options: { cause?: unknown } = {}) {
    super(Object.keys(params).length === 0 ? key : `${key} ${JSON.stringify(params)}`, options)
    this.key = key
    this.params = params
  }
}

export type AdviceParams = Readonly<Record<string, string | number>>
