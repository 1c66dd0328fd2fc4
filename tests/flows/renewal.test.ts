/** A consent that was given to an older text, which did not name the preparing of personal offers. */
import { describe, expect, test } from 'vitest'
import type { Known } from '../../src/domain/known.ts'
import { openChat, tools, transcript } from './transcript.ts'

const skipped = Array.from({ length: 6 }, () => 'дальше')

/** A client who introduced herself before the text was changed, and has the menu before her. */
function earlier(): Known {
  const chat = openChat()
  for (const line of ['/start', 'да', 'нет', 'Анна', ...skipped, '[Всё верно]', '[Нет, спасибо]'])
    chat.play(line)
  return { ...chat.known(), client: { ...chat.known().client, olderTerms: true } }
}

describe('what the consent says now is shown once', () => {
  test('with the next message, which is answered as ever; agreeing is written down with the text agreed to', () => {
    const chat = transcript(
      { known: earlier() },
      `
      client: Сколько стоит маникюр?
      closed: ☰ Меню
      bot:    Передали салону: вам ответит человек. [☰ Меню]
      bot:    Мы дополнили согласие: теперь в нём сказано, что мы готовим предложения лично для вас, по вашим пожеланиям и визитам. Вы не против? [Хорошо] [Не согласен] [Полный текст]

      client: [Хорошо]
      closed: Мы дополнили согласие: теперь в нём сказано, что мы готовим предложения лично для вас, по вашим пожеланиям и визитам. Вы не против? / ✓ Хорошо
      bot:    Спасибо!
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(chat.known().client).not.toHaveProperty('olderTerms')
    expect(chat.facts.filter(({ kind }) => kind === 'consent')).toEqual([
      {
        kind: 'consent',
        purpose: 'personalData',
        granted: true,
        documentHash: tools.documents.ru.personalData.hash,
        evidence: 'renewal.offers=yes',
      },
    ])
  })

  test('whoever does not agree keeps the consent as it was given, and is not asked again', () => {
    const known = earlier()
    const chat = transcript(
      { known, before: ['/menu'] },
      `
      client: не согласен
      closed: Мы дополнили согласие: теперь в нём сказано, что мы готовим предложения лично для вас, по вашим пожеланиям и визитам. Вы не против? / ✓ Не согласен
      bot:    Хорошо, лично для вас готовить ничего не будем. Всё остальное как было.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      client: Спасибо
      bot:    Передали салону: вам ответит человек. [☰ Меню]
    `,
    )
    expect(chat.known().client.personalDataConsentAt).toBe(known.client.personalDataConsentAt)
    expect(chat.known().client.olderTerms).toBe(true)
    expect(chat.facts.filter(({ kind }) => kind === 'consent')).toEqual([])
  })

  test('whoever let it pass, or said no, can agree later under the consents', () => {
    const chat = transcript(
      { known: earlier(), before: ['/menu', 'не согласен'] },
      `
      client: /consents
      closed: ☰ Меню
      bot:    Что изменить в согласиях? / Предложения и скидки: нет. Обработка данных: есть. [Присылать предложения] [Разрешить личные предложения] [Отозвать согласие на данные] [Оставить как есть]

      client: [Разрешить личные предложения]
      edit:   Мы дополнили согласие: теперь в нём сказано, что мы готовим предложения лично для вас, по вашим пожеланиям и визитам. Вы не против? [Хорошо] [Не согласен] [Полный текст]

      client: [Хорошо]
      closed: Мы дополнили согласие: теперь в нём сказано, что мы готовим предложения лично для вас, по вашим пожеланиям и визитам. Вы не против? / ✓ Хорошо
      bot:    Спасибо!
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(chat.known().client).not.toHaveProperty('olderTerms')
    chat.play('/consents')
    expect(chat.transcript().match(/Разрешить личные/g)).toHaveLength(2)
  })

  test('what is no answer goes to the salon, and the card is gone; "ok" to who knows what is no consent', () => {
    const chat = openChat({ known: earlier() })
    for (const line of ['/menu', 'ок', 'Запишите меня', '/menu']) chat.play(line)
    expect(chat.known().client.olderTerms).toBe(true)
    expect(chat.facts.flatMap((fact) => (fact.kind === 'notice' ? [fact.text] : []))).toEqual([
      'ок',
      'Запишите меня',
    ])
    expect(chat.transcript().match(/Вы не против\? \[Хорошо\]/g)).toHaveLength(1)
  })

  test('it can be read in full, and stands until then', () => {
    const chat = openChat({ known: earlier() })
    for (const line of ['/menu', '[Полный текст]']) chat.play(line)
    expect(chat.transcript()).toContain('подготовка предложений, подходящих именно мне')
    chat.play('Хорошо')
    expect(chat.known().client.olderTerms).toBeUndefined()
  })

  test('it waits for the end of what is asked, and comes with no message on our side', () => {
    const chat = openChat({ known: earlier() })
    chat.prompt('invite 1.1')
    chat.act({ kind: 'blocked' })
    expect(chat.transcript()).not.toContain('Вы не против')
    chat.play('/survey')
    expect(chat.transcript()).not.toContain('Вы не против')
    chat.play('/menu')
    expect(chat.transcript()).toContain('Вы не против')
  })

  test('who agreed to the text of today is asked nothing', () => {
    const { olderTerms: _, ...client } = earlier().client
    const chat = openChat({ known: { ...earlier(), client } })
    chat.play('/menu')
    expect(chat.transcript()).not.toContain('Вы не против')
  })
})
