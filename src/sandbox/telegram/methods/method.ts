import type { Arguments } from '../arguments.ts'
import type { BotState, World } from '../state.ts'

export interface Call {
  world: World
  bot: BotState
  args: Arguments
}

/** Does the call and returns `result`; throws ApiError. */
export type Method = (call: Call) => unknown
