import { minimize, type Objective } from './minimize.ts'

/** How a maximum-likelihood fit ended. */
export type Fit<Parameters> =
  | {
      kind: 'fitted'
      parameters: Parameters
      /** Natural logarithm, over all clients, in the units of the data. */
      logLikelihood: number
      /** Clients that the fit is based on. */
      clients: number
      steps: number
      evaluations: number
      /** The largest element of the gradient of the mean log-likelihood by the logarithms of the parameters: about 1e-9. */
      steepness: number
    }
  /** `none`: nobody to learn from. `noMaximum`: the likelihood rises for ever towards some limit. `unfinished`: the search got stuck. */
  | { kind: 'unfitted'; reason: 'none' | 'noMaximum' | 'unfinished'; clients: number }

export interface FitOptions {
  clients: number
  /** Clients whose histories say something of every parameter: with none of them the likelihood has no maximum. */
  telling: number
  /** Minus the mean log-likelihood by the logarithms of the parameters. */
  objective: Objective
  /** Logarithms to begin from, tried in turn until a search converges. */
  starts: readonly (readonly number[])[]
}

/** A parameter beyond exp(+-13) of the data's scale is on its way to a limit. */
const farthest = 13

/**
 * Maximises a likelihood over positive parameters: in their logarithms they have no borders.
 * @param read turns the parameters that were found into those of the model and the log-likelihood into that of the data
 */
export function fit<Parameters>(
  { clients, telling, objective, starts }: FitOptions,
  read: (
    parameters: readonly number[],
    logLikelihood: number,
  ) => { parameters: Parameters; logLikelihood: number },
): Fit<Parameters> {
  if (clients === 0) return { kind: 'unfitted', reason: 'none', clients }
  if (telling === 0) return { kind: 'unfitted', reason: 'noMaximum', clients }
  let reason: 'noMaximum' | 'unfinished' = 'unfinished'
  for (const start of starts) {
    const { at, value, converged, steps, evaluations, steepness } = minimize(objective, start, { farthest })
    if (at.some((element) => Math.abs(element) > farthest)) reason = 'noMaximum'
    else if (converged) {
      const found = read(Array.from(at, Math.exp), -value * clients)
      return { kind: 'fitted', ...found, clients, steps, evaluations, steepness }
    }
  }
  return { kind: 'unfitted', reason, clients }
}
