import type { Salon } from '../salon.ts'
import type { Discount } from './offer.ts'

/** How much of the price it takes, 0-100. Of an amount: its part of the cheapest service; a gift is all of it. */
export function discountPercent(discount: Discount, { lines }: Pick<Salon, 'lines'>): number {
  switch (discount.kind) {
    case 'none':
      return 0
    case 'percent':
      return discount.percent
    case 'gift':
      return 100
    case 'amount': {
      const cheapest = Math.min(...lines.flatMap(({ services }) => services.map((one) => one.priceKopecks)))
      return Math.min(100, (discount.kopecks / Math.max(1, cheapest)) * 100)
    }
  }
}
