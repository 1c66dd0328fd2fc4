export const offerProblems = [
  // The text
  'noTitle',
  'noVariants',
  'variantId',
  'shares',
  'noText',
  'unknownPlaceholder',
  'brackets',
  'noDiscount',
  'noCoupon',
  'codeMissing',
  'lostWith',
  'lostAll',
  'tooLong',
  'tooLongForPicture',
  // What is offered
  'percent',
  'amount',
  'giftWords',
  'validDays',
  'validUntil',
  'couponUses',
  // To whom, when, how
  'recipients',
  'perClient',
  'past',
  'time',
  'occasionDays',
  'holdout',
  'attribution',
  'mark',
  // The audience
  'rule',
  'tooDeep',
  'emptyList',
  'range',
  'unknownLine',
  'unknownSegment',
  'unknownQuestion',
  // The playbook
  'unknownEntry',
  'takenEntry',
  'unaddressed',
  'unknownTemplate',
] as const

/** What is wrong with an offer, and where. */
export interface OfferProblem {
  /** The sentence is offer.problems.<reason>. */
  reason: (typeof offerProblems)[number]
  /** The place in the spec: "variants.A.ru", "audience.of.0.days". */
  where: string
  params?: Readonly<Record<string, string | number>>
}
