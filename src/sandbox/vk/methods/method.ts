import type { Params } from '../params.ts'

/**
 * One method of the API: takes the call's parameters, gives the value of `response`.
 * @throws ApiError for what VK would refuse
 */
export type Method = (params: Params, context: CallContext) => unknown

export interface CallContext {
  /** A fault forbids messages to this peer, or to all, with error 901. */
  forbidden?: number | 'all'
}

/** By name, e.g. "messages.send". */
export type Methods = Record<string, Method>
