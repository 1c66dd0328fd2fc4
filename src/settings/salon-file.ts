import type { Salon } from '../domain/salon.ts'
import { salonSchema } from './salon-schema.ts'
import { readYamlFile, type Reading } from './yaml-file.ts'

/**
 * Reads salon.yaml.
 * @param file path of the file
 * @returns the salon, or all that is wrong with the file
 */
export const readSalonFile = (file: string): Reading<Salon> =>
  readYamlFile(file, { schema: salonSchema, sentences: 'settings.expected' })
