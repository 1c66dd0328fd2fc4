/** How much the survey asks of a thumb, and that every card of it can be shown. */
import { describe, expect, test } from 'vitest'
import { builtInQuestions } from '../../src/domain/survey-changes.ts'
import { walkOf, withWalk } from '../../src/domain/known.ts'
import type { Known } from '../../src/domain/known.ts'
import { platforms } from '../../src/domain/platform.ts'
import { languages } from '../../src/domain/salon.ts'
import type { Salon } from '../../src/domain/salon.ts'
import type { Survey, SurveyQuestion } from '../../src/domain/survey.ts'
import { converse } from '../../src/flows/converse.ts'
import type { Button, Input, Message, Reply } from '../../src/flows/conversation.ts'
import { inviteOrigins } from '../../src/flows/invite.ts'
import type { Tools } from '../../src/flows/scene.ts'
import { control, readButtonValue } from '../../src/flows/value.ts'
import { giving, invited, met, openAt, surveyOf } from './survey-chat.ts'
import { messagesOf, showable } from './showable.ts'
import { builtInSurvey, toolsFor } from './transcript.ts'

const everywhere = platforms.flatMap((platform) => languages.map((language) => [platform, language] as const))

const buttonsOf = (message: Message | undefined): Button[] =>
  (message?.groups ?? []).flatMap((group) => group.buttons)
const isAnswer = ({ value }: Button) => !value.includes('=!')
const questionOf = (message: Message | undefined): string =>
  buttonsOf(message).map(({ value }) => readButtonValue(value)?.question)[0] ?? ''

describe('a client who answers everything', () => {
  /** So many presses and typed answers, and so many new messages. Edits are no messages. */
  const [mostTaps, mostMessages] = [45, 25]
  const written: Record<string, string> = { suggestions: 'Поставьте кулер', incomeAmount: '80 000' }

  /** The first answer to everything: the longest way, because all lines are used and the scores are low. */
  const nextAct = (live: Message | undefined): Input => {
    const done = buttonsOf(live).find(({ value }) => value.endsWith(`=${control.done}`))
    const words = written[questionOf(live)]
    if (words !== undefined && !done) return { kind: 'text', text: words }
    const answers = buttonsOf(live).filter(isAnswer)
    return {
      kind: 'press',
      value: (done ?? answers.at(questionOf(live) === 'frequency' ? 1 : 0))?.value ?? '',
    }
  }

  test.each(everywhere)('on %s in %s needs few taps and gets few messages', (platform, language) => {
    const chat = openAt(invited({ platform, language }))
    const counted = { taps: 0, messages: 0 }
    while (walkOf(chat.known(), 'survey')?.status !== 'finished') {
      const { liveMessageId: messageId = 0 } = chat.known().chat
      const input = nextAct(chat.live())
      const { reply } = chat.act(input, input.kind === 'press' ? { messageId } : {})
      counted.taps += 1
      counted.messages += reply.say.length + (reply.live && reply.live.into === undefined ? 1 : 0)
    }
    const { answers } = surveyOf(chat)
    const asked = [...builtInSurvey.questions.map((one) => one.id), 'callMe']
    expect(Object.keys(answers).toSorted()).toEqual(asked.toSorted())
    expect(Object.values(answers).filter((one) => one.skipped)).toEqual([])
    expect(counted.taps).toBeLessThanOrEqual(mostTaps)
    expect(counted.messages).toBeLessThanOrEqual(mostMessages)
  })
})

describe('every card can be shown', () => {
  const longNames = Array.from({ length: 20 }, (_, i) => ({
    id: `sixteen-letters${String.fromCodePoint(97 + i)}`,
    name: {
      ru: `Направление с длинным названием, № ${10 + i}`,
      en: `A service line with a long name, ${10 + i}`,
    },
    services: [],
  }))
  const long = (letters: number) => ({ ru: 'щ'.repeat(letters), en: 'w'.repeat(letters) })
  const many = (count: number, letters: number) =>
    Array.from({ length: count }, (_, i) => ({
      id: `sixteen-letters${String.fromCodePoint(97 + i)}`,
      name: long(letters),
    }))
  const words = {
    ask: long(500),
    short: long(40),
    hint: long(300),
    low: long(60),
    high: long(60),
    noOpinion: long(36),
  }
  /** As much as survey.yaml lets a salon write. */
  const own = (id: string, rest: Omit<SurveyQuestion, 'id' | 'block' | 'words'>): SurveyQuestion => ({
    id: id.padEnd(16, 'x'),
    block: 'salon',
    own: true,
    words,
    ...rest,
  })
  const fullOfWords: Survey = {
    version: 2,
    questions: [
      ...builtInQuestions.map((one) =>
        one.id === 'recommend' ? { ...one, scale: { from: 0, to: 10 } } : one,
      ),
      own('ownYes', { kind: 'yesNo' }),
      own('ownChoice', { kind: 'choice', options: many(20, 36) }),
      own('ownChoices', { kind: 'choices', options: many(20, 36) }),
      own('ownScale', { kind: 'scale', scale: { from: 0, to: 10 }, noOpinion: true }),
      own('ownNumbers', { kind: 'grid', rows: many(12, 60), scale: { from: 0, to: 10 }, noOpinion: true }),
      own('ownWords', { kind: 'grid', rows: many(12, 60), options: many(20, 36) }),
      own('ownLines', { kind: 'grid', rows: 'usedLines', options: many(20, 36) }),
      own('ownText', { kind: 'text', maxLength: 4096 }),
      own('ownDate', { kind: 'date' }),
    ],
  }

  const salons: [string, Partial<Salon>, Survey][] = [
    ['the built-in survey', giving, builtInSurvey],
    ['twenty lines with long names', { ...giving, lines: longNames }, builtInSurvey],
    ['as many words as a salon may write', { ...giving, lines: longNames }, fullOfWords],
  ]

  /** Ways through a survey: the answer that is given to each card. */
  const ways: [string, (answers: Button[], at: number) => Button | undefined][] = [
    ['the first answer', (answers) => answers[0]],
    ['the last answer', (answers) => answers.at(-1)],
    ['this and that', (answers, at) => answers[at % Math.max(1, answers.length)]],
  ]

  describe.each(everywhere)('on %s in %s', (platform, language) => {
    test.each(salons)('%s', (_, changes, survey) => {
      const using = toolsFor(survey, changes)
      const start = openAt({
        platform,
        language,
        salon: changes,
        survey,
        before: [...met[language], 'no'],
      }).known()
      for (const [, choose] of ways) walkAlong(using, opened(using, start), choose)
    })

    test('the short form after a visit, and every invitation', () => {
      const using = toolsFor(builtInSurvey, { ...giving, lines: longNames })
      const known = openAt({ platform, language, before: [...met[language], 'no'] }).known()
      const line = longNames[0]?.id ?? ''
      for (const score of [3, 8, 9]) {
        const asked = said(using, known, {
          kind: 'prompt',
          prompt: { kind: 'visit', about: 1, number: 1 },
          line,
        })
        walkAlong(
          using,
          asked,
          (answers) => answers.find((one) => one.value.endsWith(`=${score}`)) ?? answers[0],
        )
      }
      for (const origin of inviteOrigins) {
        const walk = {
          name: 'invite',
          run: 1,
          version: 1,
          status: 'open' as const,
          startedAt: 0,
          changedAt: 0,
        }
        everyButton(using, withWalk(known, { ...walk, answers: { origin: { value: origin } } }))
      }
    })

    const opened = (using: Tools, known: Known) =>
      said(using, known, { kind: 'press', value: 'menu.go=survey' })

    /** Says or presses something, and holds everything that is said to what the platform can show. */
    function said(using: Tools, known: Known, input: Input): Known {
      const at = Date.UTC(2026, 10, 23)
      const turn = converse(known, { key: 'k', platform, externalId: 7, at, input, messageId: 1 }, using)
      const reply: Reply = turn.reply({ known: turn.known })
      for (const message of messagesOf(reply)) showable(message, platform)
      return { ...turn.known, chat: { ...turn.known.chat, liveMessageId: 1 } }
    }

    const liveOf = (using: Tools, known: Known): Message | undefined => {
      const input = { kind: 'press', value: '-' } as const
      const incoming = { key: 'k', platform, externalId: 7, at: Date.UTC(2026, 10, 23), input }
      return converse(known, incoming, using).reply({ known }).live?.message
    }

    /** One step off the way by every button that was not tried on this question yet. @returns those that are there */
    function everyButton(using: Tools, known: Known, tried = new Set<string>()): Button[] {
      const buttons = buttonsOf(liveOf(using, known)).filter((one) => !one.value.startsWith('menu.'))
      for (const { value } of buttons) {
        const { question, token } = readButtonValue(value) ?? {}
        if (tried.has(`${question}=${token}`)) continue
        tried.add(`${question}=${token}`)
        const aside = said(using, known, { kind: 'press', value })
        if (token !== control.back && !token?.startsWith(control.page)) continue
        for (const next of buttonsOf(liveOf(using, aside)))
          said(using, aside, { kind: 'press', value: next.value })
      }
      return buttons
    }

    /** All cards of one way through what is open, and those beside it. */
    function walkAlong(
      using: Tools,
      from: Known,
      choose: (answers: Button[], at: number) => Button | undefined,
    ): void {
      let known = from
      const tried = new Set<string>()
      for (let at = 0; at < 400; at += 1) {
        const buttons = everyButton(using, known, tried)
        if (buttons.length === 0) return
        const done = buttons.find(({ value }) => value.endsWith(`=${control.done}`))
        const chosen = done ?? choose(buttons.filter(isAnswer), at)
        const input: Input = chosen
          ? { kind: 'press', value: chosen.value }
          : { kind: 'text', text: '17.04.1990' }
        known = said(using, known, input)
      }
      throw new Error('the survey has no end')
    }
  })
})
