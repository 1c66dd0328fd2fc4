import { createHash } from 'node:crypto'
import { consentPurposes } from './domain/client.ts'
import type { ConsentPurpose } from './domain/client.ts'
import type { Language, Salon } from './domain/salon.ts'
import type { Translate } from './flows/question.ts'
import type { Tools } from './flows/scene.ts'
import type { ConsentText } from './storage/ledger.ts'

/** The consent texts of this salon, each a document of its own, known by the hash of its words. */
export function consentDocuments(salon: Salon, translate: (language: Language) => Translate): ConsentText[] {
  const { name, taxId, address, email } = salon.operator
  return salon.languages.flatMap((language) =>
    consentPurposes.map((purpose) => {
      const t = translate(language)
      const text = t(`documents.${purpose}`, {
        operator: name,
        address,
        email,
        taxId: taxId ? t('documents.taxId', { taxId }) : '',
      })
      const hash = createHash('sha256').update(text).digest('hex')
      return { purpose, language, text, hash, offers: purpose === 'personalData' }
    }),
  )
}

/** The same, found by language and purpose; a language that the salon does not speak gets the salon's first. */
export function byLanguage(documents: readonly ConsentText[]): Tools['documents'] {
  const find = (purpose: ConsentPurpose, language: Language): ConsentText => {
    const fitting = documents.filter((one) => one.purpose === purpose)
    const found = fitting.find((one) => one.language === language) ?? fitting[0]
    if (!found)
      throw new Error(`There is no text for the consent to ${purpose}: name a language in salon.yaml`)
    return found
  }
  const of = (language: Language) => ({
    personalData: find('personalData', language),
    advertising: find('advertising', language),
  })
  return { ru: of('ru'), en: of('en') }
}
