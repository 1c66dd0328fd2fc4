import type { Salon } from '../domain/salon.ts'
import { salonSchema } from './salon-schema.ts'
import { readYamlFile, type Reading } from './yaml-file.ts'

/**
 * Reads salon.yaml.
 * @param file path of the file
 * @param questions ids of the survey's questions; absent: what the rules ask about them is not looked at
 * @returns the salon, or all that is wrong with the file
 */
export const readSalonFile = (file: string, questions?: readonly string[]): Reading<Salon> =>
  readYamlFile(file, { schema: salonSchema(questions), sentences: 'settings.expected' })
