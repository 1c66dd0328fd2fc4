/** What the menu's items, the languages and the documents lead to. */
import { currentOf } from './current.ts'
import {
  allPutOff,
  atConsentCard,
  atMenu,
  closingPressed,
  plainly,
  resumed,
  stale,
  withoutSide,
} from './decision.ts'
import type { Decision } from './decision.ts'
import type { Message } from './conversation.ts'
import { consented, walkOf, withWalk } from '../domain/known.ts'
import type { Known, Walk } from '../domain/known.ts'
import type { MenuItem } from './menu.ts'
import { salonValues } from './onboarding.ts'
import type { Scene } from './question.ts'
import type { Before, Spoken } from './reply.ts'
import { surveyChosen } from './survey-chosen.ts'
import { rich } from './rich.ts'
import type { Tools } from './scene.ts'

/** Something was chosen from the menu, by button, command or word. */
export function chooseItem(before: Before, item: MenuItem | undefined, tools: Tools): Decision {
  if (!item) return stale(before)
  const { scene } = before
  const known = withoutSide(before.known, scene)
  const { t } = scene
  // A menu that was pressed shows what was chosen; a question that is only interrupted stays as it is.
  const spoken: Spoken = currentOf(before.known, scene)
    ? {}
    : closingPressed(before, `☰ ${t(`menu.${item}`)}`)
  const saying = (text: string): Decision => ({ known, spoken: { ...spoken, say: [plainly(text)] } })
  switch (item) {
    case 'menu':
      return { known: atTheMenu(known, scene), spoken: {} }
    case 'help':
      return saying(t('menu.helpText', salonValues(scene)))
    case 'survey':
      return surveyChosen(before)
    case 'language':
      return { known, spoken: { card: languageCard(scene, tools) } }
    case 'data':
      return consented(known)
        ? { known, wantsData: true, spoken: { ...spoken, apart: true } }
        : saying(t('data.nothing'))
    case 'resume':
      return { known: consented(known) ? resumed(known, scene) : atConsentCard(known), spoken }
    case 'edit':
      return { known: consented(known) ? corrected(known, scene) : known, spoken: {} }
    case 'human':
      return consented(known) ? { known: opened(known, item, scene), spoken } : askStranger(known, scene)
    case 'consents':
    case 'forget':
      return consented(known) ? { known: opened(known, item, scene), spoken } : saying(t('data.nothing'))
  }
}

/** A language was chosen. */
export function chooseLanguage(before: Before, to: string): Decision {
  const { known, scene } = before
  const found = scene.salon.languages.find((one) => one === to)
  if (!found) return stale(before)
  const chat = { ...known.chat, language: found }
  return {
    known: { ...known, chat },
    spoken: closingPressed(before, `✓ ${scene.t(`language.names.${found}`)}`),
  }
}

/** A document is to be read in full. */
export function chooseDocument(before: Before, purpose: string): Decision {
  const { scene } = before
  if (purpose !== 'personalData' && purpose !== 'advertising') return stale(before)
  const known = consented(before.known) ? before.known : atConsentCard(before.known)
  const closing = closingPressed(before, `📄 ${scene.t(`onboarding.${purpose}.read`)}`)
  return { known, spoken: { ...closing, say: [plainly(scene.documents[purpose].text)] } }
}

/** "Menu" in the middle of a dialogue puts it off; the menu offers to go on. */
function atTheMenu(known: Known, scene: Scene): Known {
  return consented(known) ? allPutOff(known, scene) : atMenu(known)
}

/** Opens the summary again, so that any line can be changed. */
function corrected(known: Known, scene: Scene): Known {
  const walk = walkOf(known, 'onboarding')
  if (!walk) return known
  const { summary: _, ...answers } = walk.answers
  return withWalk(known, { ...walk, answers, status: 'open', changedAt: scene.now })
}

function opened(known: Known, name: string, { now, dialogues }: Scene): Known {
  const version = dialogues[name]?.version ?? 1
  const walk: Walk = { name, run: 1, version, status: 'open', answers: {}, startedAt: now, changedAt: now }
  return withWalk(known, walk)
}

/** Nothing is kept of somebody who has given no consent, so there is no dialogue: what they write next is passed on. */
const askStranger = (known: Known, { t }: Scene): Decision => ({
  known: atMenu(known),
  spoken: { say: [plainly(t('human.message.ask'))], quiet: true },
})

function languageCard(scene: Scene, tools: Tools): Message {
  const buttons = tools.salon.languages.map((one) => ({
    label: scene.t(`language.names.${one}`),
    value: `language.to=${one}`,
  }))
  return { text: rich({ bold: scene.t('language.ask') }), groups: [{ kind: 'options', buttons }] }
}
