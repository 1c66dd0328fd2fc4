import type { Birthday } from '../domain/birthday.ts'

/** What a VK page tells every community; what is hidden is missing. */
export interface VkProfile {
  firstName?: string
  lastName?: string
  sex?: 'female' | 'male'
  birthday?: Birthday
  city?: string
}

interface UserAnswer {
  first_name?: string
  last_name?: string
  /** 1 female, 2 male, 0 not told. */
  sex?: number
  /** "D.M" or "D.M.YYYY". */
  bdate?: string
  city?: { title?: string }
  deactivated?: string
}

/** Reads the answer of users.get for one person; undefined when the page is deleted or banned. */
export function readVkProfile(answer: unknown): VkProfile | undefined {
  const [user] = answer as UserAnswer[]
  if (!user || user.deactivated !== undefined) return undefined
  const sex = user.sex === 1 ? 'female' : user.sex === 2 ? 'male' : undefined
  const birthday = readBirthDate(user.bdate)
  return {
    ...(user.first_name ? { firstName: user.first_name } : {}),
    ...(user.last_name ? { lastName: user.last_name } : {}),
    ...(sex ? { sex } : {}),
    ...(birthday ? { birthday } : {}),
    ...(user.city?.title ? { city: user.city.title } : {}),
  }
}

function readBirthDate(text: string | undefined): Birthday | undefined {
  const parts = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?$/.exec(text ?? '')
  if (!parts) return undefined
  const [, day, month, year] = parts
  return { day: Number(day), month: Number(month), ...(year === undefined ? {} : { year: Number(year) }) }
}
