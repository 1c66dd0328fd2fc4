/** 1 / (1 + e^-u), exact in both tails. */
export const logistic = (u: number): number => {
  if (u >= 0) return 1 / (1 + Math.exp(-u))
  const e = Math.exp(u)
  return e / (1 + e)
}

/** ln(1 + e^u), exact in both tails. */
export const softplus = (u: number): number =>
  u > 0 ? u + Math.log1p(Math.exp(-u)) : Math.log1p(Math.exp(u))
