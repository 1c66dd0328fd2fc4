/** VK's own texts of the errors that the stand-in gives (VK API schema 5.199, errors.json). */
const texts = {
  1: 'Unknown error occurred',
  3: 'Unknown method passed',
  5: 'User authorization failed',
  6: 'Too many requests per second',
  7: 'Permission to perform this action is denied',
  8: 'Invalid request',
  9: 'Flood control',
  10: 'Internal server error',
  12: 'Unable to compile code',
  13: 'Runtime error occurred during code invocation',
  15: 'Access denied',
  100: 'One of the parameters specified was missing or invalid',
  104: 'Not found',
  113: 'Invalid user id',
  118: 'Invalid server',
  121: 'Invalid hash',
  125: 'Invalid group id',
  900: "Can't send messages for users from blacklist",
  901: "Can't send messages for users without permission",
  902: "Can't send messages to this user due to their privacy settings",
  909: "Can't edit this message, because it's too old",
  911: 'Keyboard format is invalid',
  913: 'Too many forwarded messages',
  914: 'Message is too long',
  917: "You don't have access to this chat",
  920: "Can't edit this kind of message",
  924: "Can't delete this message for everybody",
  932: "Your community can't interact with this peer",
  936: 'Contact not found',
  2000: 'Servers number limit is reached',
  9999: 'Not supported http method',
} as const

export type ApiErrorCode = keyof typeof texts

/** An error of the API: becomes `error` in the answer, an item's `error`, or a line of `execute_errors`. */
export class ApiError extends Error {
  readonly code: ApiErrorCode

  /**
   * @param code VK's number
   * @param detail what exactly is wrong; VK appends it to the text after a colon
   */
  constructor(code: ApiErrorCode, detail?: string) {
    super(detail === undefined ? texts[code] : `${texts[code]}: ${detail}`)
    this.code = code
  }
}

/** Error 100, the one for all that is wrong with a parameter. */
export const badParameter = (detail: string): ApiError => new ApiError(100, detail)
