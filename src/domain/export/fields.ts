import { createDefinitions } from './definitions.ts'
import { facetsOf, mentionedIn, valueOf } from './facet.ts'
import type { Facet } from './facet.ts'
import { keysOf, withDistinctHeaders } from './keys.ts'
import { metaFields } from './meta.ts'
import { createNames } from './names.ts'
import type { ExportedResponse, ExportOptions, Field } from './parts.ts'
import type { Questionnaire } from './questionnaires.ts'

/** The columns of one table: about the walk, then the answers in the order of the newest version. */
export function fieldsOf(
  { versions, wording }: Questionnaire,
  responses: readonly ExportedResponse[],
  { salon, t, language }: ExportOptions,
): Field[] {
  const definitions = createDefinitions(versions)
  const names = createNames({ definitions, wording, lines: salon.lines, t, language })
  const meta = metaFields({ responses, definitions, timeZone: salon.timeZone, t })
  const facets = definitions.ids.flatMap((id) =>
    facetsOf({
      definitions: definitions.asking(id).map(({ definition }) => definition),
      lines: salon.lines.map((line) => line.id),
      mentioned: mentionedIn(
        responses
          .values()
          .map((one) => definitions.of(one, id))
          .filter((one) => one !== undefined),
      ),
    }),
  )
  const keys = keysOf(
    facets,
    meta.map(({ key }) => key),
  )
  const fields = facets.map((facet, at): Field => {
    const { question } = facet
    const { plain, suffix } = keys[at] ?? { plain: question, suffix: '' }
    return {
      key: `${plain}${suffix}`,
      header: `${names.header(facet)}${suffix}`,
      type: typeOf(facet),
      read(response) {
        const given = definitions.of(response, question)
        return given && valueOf(facet, given.answer, given.definition)
      },
      about: {
        question: names.question(question),
        kind: t(`export.kinds.${facet.kind}`),
        ...(facet.scale && { scale: `${facet.scale.from}..${facet.scale.to}` }),
        values: names.values(facet),
        versions: definitions
          .asking(question)
          .map(({ survey }) => survey.version)
          .toReversed()
          .join(', '),
        givenAt: (response) => response.answers[question]?.at ?? response.changedAt,
      },
    }
  })
  return withDistinctHeaders([...meta, ...fields])
}

const typeOf = ({ kind, part, scale }: Facet): Field['type'] =>
  scale || kind === 'yesNo' || part === 'option' || part === 'noOpinion' ? 'number' : 'text'
