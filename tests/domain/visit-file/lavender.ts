import type { Salon } from '../../../src/domain/salon.ts'

/** A salon with two lines that have a service of the same name. */
export const lavender: Pick<Salon, 'timeZone' | 'lines' | 'masters'> = {
  timeZone: 'Europe/Moscow',
  lines: [
    {
      id: 'nails',
      name: { ru: 'Ногтевой сервис', en: 'Nails' },
      services: [
        { id: 'gel', name: { ru: 'Маникюр с гель-лаком', en: 'Gel manicure' }, priceKopecks: 220_000 },
        { id: 'nail-care', name: { ru: 'Уход' }, priceKopecks: 50_000 },
      ],
    },
    {
      id: 'hair',
      name: { ru: 'Парикмахерский зал', en: 'Hair' },
      services: [
        { id: 'cut', name: { ru: 'Женская стрижка', en: "Women's haircut" }, priceKopecks: 190_000 },
        { id: 'hair-care', name: { ru: 'Уход' }, priceKopecks: 270_000 },
      ],
    },
  ],
  masters: [{ id: 'artem', name: { ru: 'Артём Лисин', en: 'Artem Lisin' }, lines: ['hair'] }],
}

/** Noon in Moscow. */
export const now = Date.UTC(2026, 10, 26, 9)
