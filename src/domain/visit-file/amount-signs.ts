import { readNumber } from './read-amount.ts'

export interface AmountEvidence {
  add(cell: string): void
  /**
   * `thousands`: signs that part thousands in "1,500". A sign does where no cell shows it before decimals: money has no
   * thousandths. `unclear`: signs that stand both before decimals and before three digits; such cells can't be read.
   */
  signs(): { thousands: (',' | '.')[]; unclear: (',' | '.')[]; decimal: (',' | '.')[] }
}

/** Learns from a whole column what its commas and dots mean. */
export function createAmountEvidence(): AmountEvidence {
  const decimal = { ',': 0, '.': 0 }
  const threeDigits = { ',': 0, '.': 0 }
  return {
    add(cell) {
      if (/^\d*$/.test(cell)) return
      const number = readNumber(cell)
      if (number === undefined || number === 'none') return
      if (number.decimalSign !== undefined) decimal[number.decimalSign]++
      const grouping = number.unclear ?? number.thousandsSign
      if (grouping !== undefined) threeDigits[grouping]++
    },
    signs() {
      const both = [',', '.'] as const
      return {
        thousands: both.filter((sign) => threeDigits[sign] > 0 && decimal[sign] === 0),
        unclear: both.filter((sign) => threeDigits[sign] > 0 && decimal[sign] > 0),
        decimal: both.filter((sign) => decimal[sign] > 0),
      }
    },
  }
}
