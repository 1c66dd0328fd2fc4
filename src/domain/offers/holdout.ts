import { chanceOf } from './hash.ts'
import type { OfferVariant } from './offer.ts'

export interface Assignment {
  /** Gets nothing, to be compared with. */
  heldOut: boolean
  /** The variant's id; those held out have one, too: it says whom they would be compared with. */
  variant: string
}

/**
 * Who is held out, and who gets which text: by MurmurHash3 of the offer's seed and the client's number, so that a re-run
 * chooses the same people, another offer others, and a greater holdout holds out the same and some more. The text does not
 * depend on the holdout: each has a hash of its own.
 * @param seed the offer's, random
 * @param clientId the client's number
 */
export function assignment(
  seed: string,
  clientId: number | bigint,
  {
    holdoutShare,
    variants,
  }: { holdoutShare: number; variants: readonly Pick<OfferVariant, 'id' | 'share'>[] },
): Assignment {
  return {
    heldOut: chanceOf(seed, 'holdout', clientId) < holdoutShare,
    variant: variantAt(chanceOf(seed, 'variant', clientId), variants),
  }
}

/** Shares are laid end to end; what rounding leaves over is the last one's. */
function variantAt(chance: number, variants: readonly Pick<OfferVariant, 'id' | 'share'>[]): string {
  let upTo = 0
  for (const { id, share } of variants) {
    upTo += share
    if (chance < upTo) return id
  }
  return variants.at(-1)?.id ?? 'A'
}
