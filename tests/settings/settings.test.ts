import { readFileSync } from 'node:fs'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { saySettingsProblems } from '../../src/cli/say-settings.ts'
import { defaultOfferSettings } from '../../src/domain/offers/offer-settings.ts'
import { defaultValueSettings } from '../../src/domain/value/value-settings.ts'
import { createTranslator } from '../../src/locales.ts'
import { SettingsError, type SettingsProblem } from '../../src/settings/problem.ts'
import { readSettings, type Settings } from '../../src/settings.ts'
import { playbookMistakes } from './playbook-mistakes.ts'

const root = path.resolve(import.meta.dirname, '../..')
const example = readFileSync(path.join(root, 'salon.example.yaml'), 'utf8')

let cwd: string
beforeEach(async () => {
  cwd = await mkdtemp(path.join(os.tmpdir(), 'settings-'))
})
afterEach(() => rm(cwd, { recursive: true }))

const telegramToken = '123456789:AAE-secret_letters_of_the_clients'
const adminToken = '987654321:AAE-secret_letters_of_the_staff00'
const vkToken = 'vk1.a.secret_letters_of_the_community'

const withSalon = (text = example): Promise<void> => writeFile(path.join(cwd, 'salon.yaml'), text)
const read = (env: NodeJS.ProcessEnv = {}): Settings => readSettings({ env, cwd })

function problemsOf(env: NodeJS.ProcessEnv = {}, file?: string): readonly SettingsProblem[] {
  try {
    readSettings({ env, cwd, ...(file !== undefined && { file }) })
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
  throw new Error('the settings were expected to be wrong')
}

/** "KEY: what is expected", short. */
const brief = (problems: readonly SettingsProblem[]): string[] =>
  problems.map(({ key, expected }) => `${key}: ${expected.key.replace('settings.', '')}`)

describe('the sandbox', () => {
  test('needs nothing at all: the example salon is there', () => {
    expect(read()).toMatchObject({
      mode: 'sandbox',
      salonFile: path.join(root, 'salon.example.yaml'),
      dataDir: path.join(cwd, 'data'),
      port: 3000,
      logLevel: 'info',
      warnings: [],
    })
  })

  test('takes the own salon where there is one', async () => {
    await withSalon(example.replace('Центр красоты «Лаванда»', 'Студия «Мята»'))
    expect(read().salon.name.ru).toBe('Студия «Мята»')
  })

  test('does not ask for what only real messengers need', () => {
    expect(read({ PUBLIC_URL: 'https://bot.example.ru' }).mode).toBe('sandbox')
  })

  test('the example is complete: three lines, six masters, a reward, both advertising switches on', () => {
    const { salon } = read()
    expect(salon.lines.map((line) => line.id)).toEqual(['nails', 'hair', 'cosmetology'])
    expect(salon.masters).toHaveLength(6)
    expect(salon.languages).toEqual(['ru', 'en'])
    expect(salon.advertising).toEqual({ telegram: true, vk: true })
    expect(salon.rewards.survey?.validDays).toBe(60)
    expect(salon.lines.flatMap((line) => line.services).every((one) => one.priceKopecks >= 50_000)).toBe(true)
  })
})

describe('with tokens', () => {
  beforeEach(() => withSalon())

  test('everything comes out typed and ready to use', () => {
    const env = {
      TELEGRAM_BOT_TOKEN: ` ${telegramToken} `,
      ADMIN_BOT_TOKEN: adminToken,
      TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/',
      VK_TOKEN: vkToken,
      VK_GROUP_ID: 'club220000001',
      VK_API_URL: 'https://api.vk.com/method/',
      VK_SECRET: 'abc123',
      VK_CONFIRMATION: '1a2b3c4d',
      DATABASE_URL: 'postgres://otklik:pw@db:5432/otklik',
      REDIS_URL: 'redis://:pw@redis:6379',
      DATA_DIR: 'var/otklik',
      PORT: '8080',
      PUBLIC_URL: 'https://bot.example.ru/otklik/',
      WEBHOOK_SECRET: 'a_long-secret',
      HTTPS_PROXY: 'http://proxy:3128',
      LOG_LEVEL: 'debug',
    }
    const { salon: _salon, survey: _survey, warnings: _warnings, ...rest } = read(env)
    expect(rest).toEqual({
      mode: 'live',
      salonFile: path.join(cwd, 'salon.yaml'),
      telegram: { token: telegramToken, apiRoot: 'http://127.0.0.1:8081' },
      admin: { token: adminToken, apiRoot: 'http://127.0.0.1:8081' },
      vk: {
        token: vkToken,
        groupId: 220_000_001,
        apiUrl: 'https://api.vk.com/method',
        secret: 'abc123',
        confirmation: '1a2b3c4d',
      },
      databaseUrl: 'postgres://otklik:pw@db:5432/otklik',
      redisUrl: 'redis://:pw@redis:6379',
      dataDir: path.join(cwd, 'var/otklik'),
      port: 8080,
      publicUrl: 'https://bot.example.ru/otklik',
      webhookSecret: 'a_long-secret',
      proxyUrl: 'http://proxy:3128',
      logLevel: 'debug',
    })
  })

  test.each([
    ['Telegram alone', { TELEGRAM_BOT_TOKEN: telegramToken }, ['telegram']],
    ['VK alone', { VK_TOKEN: vkToken, VK_GROUP_ID: '1' }, ['vk']],
    ['the staff alone', { ADMIN_BOT_TOKEN: adminToken }, ['admin']],
  ])('%s is enough', (_, env, expected) => {
    const settings = read(env)
    expect(settings.mode).toBe('live')
    expect((['telegram', 'admin', 'vk'] as const).filter((name) => settings[name] !== undefined)).toEqual(
      expected,
    )
  })

  test.each([
    ['http://127.0.0.1:8081', 'http://127.0.0.1:8081/method'],
    ['http://127.0.0.1:8081/', 'http://127.0.0.1:8081/method'],
    ['http://127.0.0.1:8081/method', 'http://127.0.0.1:8081/method'],
    ['https://api.vk.com/method///', 'https://api.vk.com/method'],
  ])('VK_API_URL %s becomes %s', (given, expected) => {
    expect(read({ VK_TOKEN: vkToken, VK_GROUP_ID: '1', VK_API_URL: given }).vk?.apiUrl).toBe(expected)
  })

  test('the public API roots are the default', () => {
    const { telegram, vk } = read({ TELEGRAM_BOT_TOKEN: telegramToken, VK_TOKEN: vkToken, VK_GROUP_ID: '-5' })
    expect([telegram?.apiRoot, vk?.apiUrl, vk?.groupId]).toEqual([
      'https://api.telegram.org',
      'https://api.vk.ru/method',
      5,
    ])
  })

  test('what works but hardly as meant is a warning', () => {
    const keys = (env: NodeJS.ProcessEnv): string[] =>
      read(env).warnings.map(({ key }) => key.split('.').at(-1) ?? '')
    expect(keys({ ADMIN_BOT_TOKEN: adminToken })).toEqual(['adminOnly'])
    expect(keys({ TELEGRAM_BOT_TOKEN: telegramToken })).toEqual(['noAdmin', 'telegramAdvertising'])
    expect(keys({ VK_TOKEN: vkToken, VK_GROUP_ID: '1', ADMIN_BOT_TOKEN: adminToken })).toEqual([])
    expect(keys({ VK_GROUP_ID: '1' })).toEqual(['groupWithoutToken'])
    expect(read({ TELEGRAM_BOT_TOKN: 'x' }).warnings).toEqual([
      {
        key: 'settings.warning.misspeltVariable',
        values: { name: 'TELEGRAM_BOT_TOKN', meant: 'TELEGRAM_BOT_TOKEN' },
      },
    ])
    expect(keys({ HTTP_PROXY: 'http://p', https_proxy: 'http://p', PATH: '/bin', HOME: '/root' })).toEqual([])
  })

  test('.env is read, and the environment wins over it', async () => {
    const lines = [
      `TELEGRAM_BOT_TOKEN="${telegramToken}"`,
      'PORT=4000',
      'LOG_LEVEL=warn',
      'VK_TOKEN=',
      '# a comment',
    ]
    await writeFile(path.join(cwd, '.env'), lines.join('\n'))
    const settings = read({ PORT: '5000', LOG_LEVEL: '' })
    expect([settings.telegram?.token, settings.port, settings.logLevel, settings.vk]).toEqual([
      telegramToken,
      5000,
      'warn',
      undefined,
    ])
  })
})

describe('what is wrong is told all at once', () => {
  test('mistakes of the environment, of combinations and of the file together', async () => {
    await withSalon(example.replace('price: 1300', 'price: дорого'))
    const env = {
      TELEGRAM_BOT_TOKEN: 'oops',
      VK_TOKEN: vkToken,
      PORT: '70000',
      PUBLIC_URL: 'http://bot.example.ru',
    }
    expect(brief(problemsOf(env))).toEqual([
      'TELEGRAM_BOT_TOKEN: expected.telegramToken',
      'PORT: expected.port',
      'PUBLIC_URL: expected.publicUrl',
      'VK_GROUP_ID: expected.vkGroupId',
      'VK_SECRET: expected.vkSecret',
      'VK_CONFIRMATION: expected.vkConfirmation',
      'WEBHOOK_SECRET: expected.webhookSecret',
      'lines[0].services[0].price: expected.price',
    ])
  })

  test.each([
    ['TELEGRAM_BOT_TOKEN', 'AAE', 'telegramToken'],
    ['ADMIN_BOT_TOKEN', '12 34', 'adminToken'],
    ['VK_TOKEN', 'a b', 'vkToken'],
    ['VK_GROUP_ID', 'my_salon', 'vkGroupId'],
    ['VK_GROUP_ID', '0', 'vkGroupId'],
    ['VK_SECRET', 'not-allowed', 'vkSecret'],
    ['VK_CONFIRMATION', 'a b', 'vkConfirmation'],
    ['TELEGRAM_API_ROOT', 'http://host/path', 'telegramApiRoot'],
    ['TELEGRAM_API_ROOT', 'host:8081', 'telegramApiRoot'],
    ['VK_API_URL', 'ftp://x', 'vkApiUrl'],
    ['VK_API_URL', 'http://x/method?v=1', 'vkApiUrl'],
    ['DATABASE_URL', 'mysql://u:secret@h/d', 'databaseUrl'],
    ['REDIS_URL', 'localhost:6379', 'redisUrl'],
    ['PORT', '-1', 'port'],
    ['PORT', '3000.5', 'port'],
    ['PUBLIC_URL', 'bot.example.ru', 'publicUrl'],
    ['PUBLIC_URL', 'https://x.ru/?a=1', 'publicUrl'],
    ['WEBHOOK_SECRET', 'пароль', 'webhookSecret'],
    ['HTTPS_PROXY', 'socks5://x:1', 'proxyUrl'],
    ['LOG_LEVEL', 'loud', 'logLevel'],
  ])('%s=%s', (name, value, expected) => {
    expect(brief(problemsOf({ [name]: value, VK_TOKEN: name === 'VK_TOKEN' ? value : '' }))).toContain(
      `${name}: expected.${expected}`,
    )
  })

  test('the staff and the clients need two bots', async () => {
    await withSalon()
    const env = { TELEGRAM_BOT_TOKEN: telegramToken, ADMIN_BOT_TOKEN: telegramToken }
    expect(brief(problemsOf(env))).toEqual(['ADMIN_BOT_TOKEN: expected.otherToken'])
  })

  test('no secret is shown, not even a wrong one', async () => {
    await withSalon()
    const env = {
      TELEGRAM_BOT_TOKEN: 'secret words',
      ADMIN_BOT_TOKEN: 'secret words',
      VK_TOKEN: 'secret words',
      VK_SECRET: 'secret words',
      VK_CONFIRMATION: 'secret words',
      WEBHOOK_SECRET: 'secret words',
      DATABASE_URL: 'mysql://u:secret@words/d',
      REDIS_URL: 'secret words',
      HTTPS_PROXY: 'secret words',
    }
    const problems = problemsOf(env)
    expect(problems.filter(({ found }) => found !== undefined)).toHaveLength(10)
    expect(JSON.stringify(problems)).not.toMatch(/secret words|u:secret/)
    expect(String(new SettingsError(problems))).not.toContain('secret words')
  })

  test('real tokens without a salon: the way to one is told', () => {
    expect(brief(problemsOf({ TELEGRAM_BOT_TOKEN: telegramToken }))).toEqual([
      'salon.yaml: advice.salonMissing',
    ])
  })

  test('a file that was named must be there, in the sandbox as well', () => {
    expect(brief(problemsOf({}, 'other.yaml'))).toEqual([
      `${path.join(cwd, 'other.yaml')}: advice.fileMissing`,
    ])
    expect(brief(problemsOf({}, '.'))).toEqual([`${cwd}: advice.fileUnreadable`])
  })

  test('a named file is read relative to the folder', async () => {
    await copyFile(path.join(root, 'salon.example.yaml'), path.join(cwd, 'other.yaml'))
    expect(readSettings({ env: {}, cwd, file: 'other.yaml' }).salonFile).toBe(path.join(cwd, 'other.yaml'))
  })
})

/** The example with one place changed, and what is wrong with it then. */
const mistakes: [what: string, from: string | RegExp, to: string, expected: string[]][] = [
  ['no name', /^name:\n.*\n.*\n/m, '', ['name: expected.name']],
  ['an empty name', 'ru: Центр красоты «Лаванда»', "ru: ' '", ['name.ru: expected.name']],
  ['a name in English only', /^ {2}ru: Центр.*\n/m, '', ['name.ru: expected.name']],
  ['no operator', /^operator:\n(?: .*\n)+/m, '', ['operator: expected.operator']],
  ['an operator without a name', /^ {2}name: ИП.*\n/m, '', ['operator.name: expected.operatorName']],
  ['a tax number that lost its zero', "'000000000000'", '12345678901', ['operator.taxId: expected.taxId']],
  ['no address', /^ {2}address:.*\n/m, '  address:\n', ['operator.address: expected.address']],
  ['an e-mail that is none', 'privacy@lavanda.example', 'privacy', ['operator.email: expected.email']],
  ['a phone that is none', /^phone: .*/m, 'phone: 123', ['phone: expected.phone']],
  ['a site without https', /^website: .*/m, 'website: lavanda.example', ['website: expected.website']],
  ['a time zone that is none', 'Europe/Moscow\n', 'Moscow\n', ['timeZone: expected.timeZone']],
  [
    'a time zone as an offset',
    'timeZone: Europe/Moscow',
    "timeZone: '+03:00'",
    ['timeZone: expected.timeZone'],
  ],
  ['a language we do not speak', '[ru, en]', '[ru, de]', ['languages[1]: expected.language']],
  ['no language', '[ru, en]', '[]', ['languages: expected.languages']],
  ['Russian second', '[ru, en]', '[en, ru]', ['languages: expected.languages']],
  ['a language twice', '[ru, en]', '[ru, ru]', ['languages: expected.languages']],
  [
    'no lines',
    /^lines:\n(?:(?: .*|)\n)+?(?=# Мастера)/m,
    'lines: []\n',
    [
      'lines: expected.lines',
      ...[0, 1, 2, 3, 4].map((at) => `masters[${at}].lines[0]: expected.masterLine`),
      'masters[5].lines[0]: expected.masterLine',
      'masters[5].lines[1]: expected.masterLine',
      ...['nails', 'hair', 'cosmetology'].map((line) => `offers.crossSell.${line}: expected.crossSellLine`),
    ],
  ],
  ['a line that is a word', /^lines:\n/m, 'lines:\n  - nails2\n', ['lines[0]: expected.line']],
  [
    'a line without services',
    /services:\n(?: {6}- .*\n)+/,
    'services: []\n',
    ['lines[0].services: expected.services'],
  ],
  [
    'a service that is a word',
    '- { id: manicure,',
    '- manicure\n      - { id: manicure,',
    ['lines[0].services[0]: expected.service'],
  ],
  ['an id in Russian', 'id: manicure', 'id: маникюр', ['lines[0].services[0].id: expected.id']],
  [
    'an id too long for a button',
    'id: manicure',
    'id: manicure-and-more',
    ['lines[0].services[0].id: expected.id'],
  ],
  ['an id twice in a line', 'id: gel,', 'id: manicure,', ['lines[0].services[1].id: expected.uniqueId']],
  [
    'the id of a line twice',
    'id: hair\n',
    'id: nails\n',
    [
      'lines[1].id: expected.uniqueId',
      'masters[2].lines[0]: expected.masterLine',
      'masters[3].lines[0]: expected.masterLine',
      ...['nails', 'hair', 'cosmetology'].map((line) => `offers.crossSell.${line}: expected.crossSellLine`),
    ],
  ],
  [
    'a line name too long for a button',
    'ru: Ногтевой сервис',
    `ru: ${'а'.repeat(37)}`,
    ['lines[0].name.ru: expected.buttonName'],
  ],
  [
    'a price with three decimals',
    'price: 1300',
    'price: 1300.005',
    ['lines[0].services[0].price: expected.price'],
  ],
  ['a negative price', 'price: 1300', 'price: -1', ['lines[0].services[0].price: expected.price']],
  ['a price in words', 'price: 1300', 'price: от 1300', ['lines[0].services[0].price: expected.price']],
  ['masters that are a word', /^masters:\n(?: .*\n)+/m, 'masters: все\n', ['masters: expected.masters']],
  ['a master that is a word', /^masters:\n/m, 'masters:\n  - Ольга\n', ['masters[0]: expected.master']],
  [
    'a master of a line that is not there',
    'lines: [hair], name: { ru: Инна',
    'lines: [hairs], name: { ru: Инна',
    ['masters[2].lines[0]: expected.masterLine'],
  ],
  [
    'a master of no line',
    'id: olga, lines: [nails]',
    'id: olga, lines: []',
    ['masters[0].lines: expected.masterLines'],
  ],
  ['a master twice', 'id: dasha', 'id: olga', ['masters[1].id: expected.uniqueId']],
  ['a master with the word for anybody', 'id: dasha', 'id: any', ['masters[1].id: expected.masterId']],
  ['a time that is none', "from: '21:00'", "from: '24:00'", ['quietHours.from: expected.time']],
  ['quiet hours of no length', "to: '09:00'", "to: '21:00'", ['quietHours: expected.quietHours']],
  ['reminders that are a number', /^reminders:\n.*\n/m, 'reminders: 3\n', ['reminders: expected.reminders']],
  ['three reminders', '[1, 3]', '[1, 3, 5]', ['reminders.surveyAfterDays: expected.surveyAfterDays']],
  ['reminders backwards', '[1, 3]', '[3, 1]', ['reminders.surveyAfterDays: expected.surveyAfterDays']],
  ['half a day', '[1, 3]', '[0.5, 3]', ['reminders.surveyAfterDays[0]: expected.reminderDay']],
  ['rewards that are a word', /^rewards:\n(?: .*\n)+/m, 'rewards: да\n', ['rewards: expected.rewards']],
  [
    'a reward that is a word',
    /^ {2}survey:\n(?: {4}.*\n)+/m,
    '  survey: массаж\n',
    ['rewards.survey: expected.reward'],
  ],
  ['a reward for ever', 'validDays: 60', 'validDays: 0', ['rewards.survey.validDays: expected.validDays']],
  ['a review link without https', /^reviewLink: .*/m, 'reviewLink: 2gis', ['reviewLink: expected.website']],
  ['a survey that is a word', /^survey:\n(?: .*\n)+/m, 'survey: да\n', ['survey: expected.survey']],
  ['a survey every half day', 'everyDays: 90', 'everyDays: 0.5', ['survey.everyDays: expected.everyDays']],
  [
    'an evening that is a word',
    "eveningAt: '19:00'",
    'eveningAt: вечером',
    ['survey.eveningAt: expected.time'],
  ],
  [
    'the question after a visit in words',
    'afterVisitHours: 3',
    'afterVisitHours: сразу',
    ['survey.afterVisitHours: expected.afterVisitHours'],
  ],
  ['value that is a word', /^value:\n(?: .*\n)+/m, 'value: да\n', ['value: expected.value']],
  ['a scheme that we do not know', 'scheme: halves', 'scheme: thirds', ['value.scheme: expected.scheme']],
  ['segments that are a word', 'scheme: halves', 'segments: все', ['value.segments: expected.segments']],
  [
    'a segment in Russian',
    'scheme: halves',
    'segments: { HLH: новые }',
    ['value.segments.HLH: expected.segment'],
  ],
  [
    'a code that is none',
    'scheme: halves',
    'segments: { HLM: new }',
    ['value.segments.HLM: advice.didYouMean'],
  ],
  [
    'a discount above all',
    'discountPercent: 11',
    'discountPercent: 111',
    ['value.discountPercent: expected.discountPercent'],
  ],
  ['half a year', 'horizonYears: 10', 'horizonYears: 0.5', ['value.horizonYears: expected.horizonYears']],
  [
    'costs that are a number',
    /^ {2}costs:\n(?: {4}.*\n)+/m,
    '  costs: 30000\n',
    ['value.costs: expected.costs'],
  ],
  [
    'messages that are a number',
    /^ {4}messages:\n(?: {6}.*\n)+/m,
    '    messages: 6\n',
    ['value.costs.messages: expected.messages'],
  ],
  [
    'a message that is a price',
    '- { perYear: 6, price: 0.50 }',
    '- 0.50',
    ['value.costs.messages[0]: expected.message'],
  ],
  ['messages in words', 'perYear: 6', 'perYear: мало', ['value.costs.messages[0].perYear: expected.perYear']],
  [
    'a message that pays',
    'price: 0.50',
    'price: -1',
    ['value.costs.messages[0].price: expected.messagePrice'],
  ],
  [
    'costs of a month in words',
    'monthly: 30000',
    'monthly: 30 тысяч',
    ['value.costs.monthly: expected.monthly'],
  ],
  ['a digest that is a day', /^digest:\n(?: .*\n)+/m, 'digest: monday\n', ['digest: expected.digest']],
  ['a weekday in Russian', 'day: monday', 'day: понедельник', ['digest.day: expected.weekday']],
  ['a digest at nine', "  at: '09:00'", '  at: 9', ['digest.at: expected.time']],
  ['no word about advertising', /^advertising:\n(?: .*\n)+/m, '', ['advertising: expected.advertising']],
  ['no word about advertising in VK', /^ {2}vk: true\n/m, '', ['advertising.vk: expected.advertising']],
  ['advertising "yes"', 'telegram: true', 'telegram: yes', ['advertising.telegram: expected.advertising']],
  ['rates that are a number', /^rates:\n(?: .*\n)+/m, 'rates: 5\n', ['rates: expected.rates']],
  [
    'a rate above what Telegram allows',
    'telegramPerSecond: 30',
    'telegramPerSecond: 31',
    ['rates.telegramPerSecond: expected.telegramPerSecond'],
  ],
  ['a rate of nothing', '  vkPerSecond: 20', '  vkPerSecond: 0', ['rates.vkPerSecond: expected.vkPerSecond']],
  ['a misspelt key', 'quietHours:', 'quiet_hours:', ['quiet_hours: advice.didYouMean']],
  ['a misspelt key that had to be there', 'timeZone:', 'timezone:', ['timezone: advice.didYouMean']],
  [
    'a misspelt key deep inside',
    'price: 1300',
    'prise: 1300',
    ['lines[0].services[0].prise: advice.didYouMean'],
  ],
  ['a key that means nothing to us', 'phone:', 'instagram: x\nphone:', ['instagram: advice.unknownKey']],
  ['a list in place of everything', example, '- a\n', ['salon.yaml: expected.salonFile']],
  ['a tab', 'operator:\n', 'operator:\n\t', ['salon.yaml:21:1: advice.yamlTab']],
  ['a key twice', 'phone:', 'timeZone: Europe/Moscow\nphone:', ['salon.yaml:32:1: advice.yamlDuplicate']],
  ['a quote that is not closed', "'000000000000'", "'000000000000", ['advice.yamlMissingChar']],
  ['offers that are a word', /^offers:\n(?: .*\n)+/m, 'offers: да\n', ['offers: expected.offers']],
  ['no cap at all', /caps:\n(?: {4}.*\n)+/, 'caps: []\n', ['offers.caps: expected.caps']],
  [
    'a cap of nothing',
    '{ messages: 2, days: 7 }',
    '{ messages: 0, days: 7 }',
    ['offers.caps[0].messages: expected.cap'],
  ],
  [
    'a quarter of a person held out',
    'holdoutPercent: 10',
    'holdoutPercent: 0.25',
    ['offers.holdoutPercent: expected.holdoutPercent'],
  ],
  [
    'an owner asked above a word',
    'audience: 1000',
    'audience: много',
    ['offers.ownerAbove.audience: expected.ownerAbove'],
  ],
  [
    'newcomers switched on',
    /newcomer:\n(?: {4}.*\n)+/,
    'newcomer: true\n',
    ['offers.newcomer: expected.newcomer'],
  ],
  ['a rule that is not there', 'comeBack: {', 'comeBak: {', ['offers.playbook.comeBak: advice.didYouMean']],
  [
    'a rule switched on',
    /^ {4}comeBack: .*/m,
    '    comeBack: true',
    ['offers.playbook.comeBack: expected.playbookEntry'],
  ],
  [
    'a discount of which our words say nothing',
    'overdue: { days: 7 }',
    'overdue: { discountPercent: 7 }',
    ['offers.playbook.overdue.text: expected.needsText'],
  ],
  [
    'a discount of more than all',
    'comeBack: { discountPercent: 5',
    'comeBack: { discountPercent: 150',
    ['offers.playbook.comeBack.discountPercent: expected.offerPercent'],
  ],
  [
    'a rule for a line that is not there',
    'comeBack: {',
    'comeBack: { lines: [nails, feet],',
    ['offers.playbook.comeBack.lines: expected.masterLine'],
  ],
  ['half a mark', 'leastClients: 5', 'mark: { advertiser: Лаванда }', ['offers.mark.erid: expected.mark']],
  [
    'a visit counted for years',
    'attributionDays: 15',
    'attributionDays: 900',
    ['offers.attributionDays: expected.attributionDays'],
  ],
  ['a group of nobody', 'leastClients: 5', 'leastClients: 0', ['offers.leastClients: expected.leastClients']],
  [
    'an occasion in words',
    'birthday: { days: 0 }',
    'birthday: { days: завтра }',
    ['offers.playbook.birthday.days: expected.occasionDays'],
  ],
  [
    'a rule for no line',
    'comeBack: {',
    'comeBack: { lines: [],',
    ['offers.playbook.comeBack.lines: expected.offerLines'],
  ],
  [
    'an empty text',
    'comeBack: {',
    "comeBack: { text: '',",
    ['offers.playbook.comeBack.text.ru: expected.offerText'],
  ],
  [
    'rules in a list',
    /^ {2}playbook:\n(?: {4}.*\n)+/m,
    '  playbook: [comeBack]\n',
    ['offers.playbook: expected.playbook'],
  ],
  ...playbookMistakes,
  ['a value that begins with @', 'privacy@lavanda.example', '@privacy', ['advice.yamlQuotes']],
  ['a colon left out', 'timeZone: Europe', 'timeZone Europe', ['advice.yamlMissingColon']],
  ['a bracket that is not closed', '[ru, en]', '[ru, en', ['advice.yamlIndent']],
  ['two documents in one file', 'phone:', '---\nphone:', ['salon.yaml:27:1: advice.yaml']],
  [
    'an alias to nowhere',
    'timeZone: Europe/Moscow',
    'timeZone: *moscow',
    ['salon.yaml:31:11: advice.yamlQuotes'],
  ],
]

describe('mistakes in salon.yaml', () => {
  test.each(mistakes)('%s', async (_, from, to, expected) => {
    const text = example.replace(from, to)
    expect(text).not.toBe(example)
    await withSalon(text)
    const found = brief(problemsOf())
    // Where YAML itself is broken, what matters is the advice: the parser may stumble over one slip in two places.
    const advice = found.map((one) => one.replace(/^.*: /, '')).filter((one) => expected.includes(one))
    expect(expected[0]?.startsWith('advice.') ? [...new Set(advice)] : found).toEqual(expected)
  })

  test('an empty file lacks everything that has no default', async () => {
    await withSalon('# nothing yet\n')
    const required = ['name', 'operator', 'timeZone', 'lines', 'advertising']
    expect(problemsOf().map(({ key }) => key)).toEqual(required)
    expect(problemsOf().every(({ found }) => found === undefined)).toBe(true)
  })

  test('each mistake has its line, its value, and a list of what would be right', async () => {
    await withSalon(example.replace('lines: [hair], name: { ru: Инна', 'lines: [hairs], name: { ru: Инна'))
    const line = example.split('\n').findIndex((text) => text.includes('Инна')) + 1
    expect(problemsOf()).toEqual([
      {
        key: 'masters[2].lines[0]',
        file: 'salon.yaml',
        line,
        found: 'hairs',
        expected: { key: 'settings.expected.masterLine', values: { known: 'nails, hair, cosmetology' } },
      },
    ])
  })

  test('a wrong word in a rule’s text is told with the text, also where it is written as one string', async () => {
    const rule = '  own: [{ id: mine, title: Своё, text: "Ждём, {имя}!" }]\n  playbook:\n'
    await withSalon(example.replace('  playbook:\n', rule))
    expect(problemsOf()).toMatchObject([
      { found: 'Ждём, {имя}!', expected: { values: { placeholder: 'имя' } } },
    ])
  })

  test('what clients are worth is counted in kopecks and parts of them', () => {
    expect(read().salon.value).toEqual({
      scheme: 'halves',
      discount: 0.11,
      horizonYears: 10,
      costs: {
        messages: [
          { perYear: 6, kopecks: 50 },
          { perYear: 52, kopecks: 1.8 },
        ],
        monthlyKopecks: 3_000_000,
      },
    })
  })

  test.each([
    ['says nothing of it', '', {}],
    ['leaves it empty', 'value:\n', {}],
    [
      'says a part',
      'value: { scheme: quintiles, costs: { monthly: 100 } }\n',
      {
        scheme: 'quintiles',
        costs: { messages: [], monthlyKopecks: 10_000 },
      },
    ],
    ['moves a code', 'value: { segments: { HLH: noValue } }\n', { segments: { HLH: 'noValue' } }],
  ])('a salon that %s has the defaults for the rest', async (_, text, own) => {
    await withSalon(example.replace(/^value:\n(?: .*\n)+/m, text))
    expect(read().salon.value).toEqual({ ...defaultValueSettings, ...own })
  })

  test('a salon that says nothing of its offers has the defaults', async () => {
    await withSalon(example.replace(/^offers:\n(?: .*\n)+/m, ''))
    expect(read().salon.offers).toEqual(defaultOfferSettings)
  })

  test('what a salon says of its offers changes the playbook, the caps, and who approves', async () => {
    const own = `offers:
  caps: [{ messages: 1, days: 7 }]
  ownerAbove: { discountPercent: 15, audience: 300 }
  holdoutPercent: 20
  newcomer: { discountPercent: 15, weights: { master: 4 } }
  mark: { advertiser: ООО «Лаванда», erid: 2Vtzq123 }
  crossSell: { nails: [hair], cosmetology: all }
  doNot: { valuable: false, vulnerable: { discountAbovePercent: 12 } }
  playbook:
    family: false
    crossSell: { discountPercent: 15, lines: [nails] }
    bonusCard: { segments: [champions], conditions: [], every: month }
    comeBack: { text: 'Приходите! Скидка {discount}.', discountRoubles: 50, coupon: false }
    birthday: { days: 3 }
    firstVisit: { days: 2, dont: Не звоните }
`
    await withSalon(example.replace(/^offers:\n(?: .*\n)+/m, own))
    expect(read().salon.offers).toEqual({
      caps: [{ messages: 1, days: 7 }],
      ownerAbove: { discountPercent: 15, recipients: 300 },
      mark: { advertiser: 'ООО «Лаванда»', erid: '2Vtzq123' },
      newcomer: { discountPercent: 15, weights: { master: 4 } },
      playbook: {
        holdoutShare: 0.2,
        off: ['family'],
        crossSell: [
          { from: 'nails', to: ['hair'] },
          { from: 'cosmetology', to: '*' },
        ],
        doNot: { valuable: {}, vulnerable: { discountAbovePercent: 12 } },
        entries: {
          crossSell: { discount: { kind: 'percent', percent: 15 }, lines: ['nails'] },
          bonusCard: { segments: ['champions'], conditions: [], every: 'month' },
          comeBack: {
            text: { ru: 'Приходите! Скидка {discount}.' },
            discount: { kind: 'amount', kopecks: 5_000 },
            uses: 0,
          },
          birthday: { occasion: { kind: 'birthday', daysBefore: 3 } },
          firstVisit: { occasion: { kind: 'firstVisit', daysAfter: 2 }, dont: { ru: 'Не звоните' } },
        },
      },
    })
  })

  test('the example’s own rule, which is a comment there, is right', async () => {
    const lines = example.split('\n')
    const from = lines.indexOf('#   own:')
    const length = lines.slice(from).indexOf('#')
    const rule = lines.slice(from, from + length).map((line) => line.slice(2))
    await withSalon(example.replace('  playbook:\n', `${rule.join('\n')}\n  playbook:\n`))
    expect(read().salon.offers.playbook.own).toMatchObject([
      {
        id: 'brows',
        each: 'line',
        lines: ['cosmetology'],
        segments: expect.arrayContaining(['valuable', 'champions', 'new', 'promising']) as string[],
        conditions: [{ kind: 'lastVisit' }, { kind: 'not', of: { kind: 'coupon', has: true } }],
        discount: { kind: 'gift', words: { ru: 'коррекция бровей', en: 'a brow shaping' } },
        uses: 1,
        every: 'month',
        why: { ru: 'В мае у Веры свободны утра' },
      },
    ])
  })

  test.each<[string, string, object]>([
    ['for the whole salon', '', { each: 'salon', discount: { kind: 'none' }, validDays: 14, every: 'month' }],
    ['of every line', 'lines: all', { each: 'line' }],
    ['of what else there is', 'crossSell: true', { each: 'crossSell' }],
    [
      'of a day',
      'occasion: birthday, days: 2',
      { occasion: { kind: 'birthday', daysBefore: 2 }, every: 'once', perClient: 100 },
    ],
    [
      'of the first visit',
      'occasion: firstVisit',
      { occasion: { kind: 'firstVisit', daysAfter: 1 }, every: 'once' },
    ],
    ['with a card', 'card: true', { discount: { kind: 'card' } }],
  ])('a rule of the salon’s own %s', async (_, more, entry) => {
    const rule = `  own: [{ id: mine, title: Своё, text: Ждём вас!, ${more} }]\n  playbook:\n`
    await withSalon(example.replace('  playbook:\n', rule))
    expect(read().salon.offers.playbook.own).toMatchObject([
      { id: 'mine', title: { ru: 'Своё' }, text: { ru: 'Ждём вас!' }, ...entry },
    ])
  })

  test('rules may ask what the salon’s own survey asks, and not what it has taken out', async () => {
    const rule =
      '{ id: mine, title: Своё, text: Ждём!, conditions: [{ kind: answer, question: pets, values: [cat] }] }'
    await withSalon(example.replace('  playbook:\n', `  own: [${rule}]\n  playbook:\n`))
    const add =
      'add: [{ id: pets, kind: choice, ask: Кто дома?, short: Питомцы, options: [{ id: cat, name: Кот }, { id: dog, name: Пёс }] }]'
    await writeFile(path.join(cwd, 'survey.yaml'), `${add}\noff: [marital]\n`)
    expect(read().salon.offers.playbook.own).toHaveLength(1)
    await withSalon(
      example.replace('  playbook:\n', `  own: [${rule.replace('pets', 'marital')}]\n  playbook:\n`),
    )
    expect(brief(problemsOf())).toEqual(['offers.own[0].conditions[0].question: expected.ruleQuestion'])
    // Our own rule that asks it drafts nothing then; a salon may still change its discount.
    await withSalon(example.replace('  playbook:\n', '  playbook:\n    family: { discountPercent: 7 }\n'))
    expect(read().salon.offers.playbook.entries).toHaveProperty('family')
  })

  test('short forms are read: a name as one string, a tax number without quotes, keys left empty', async () => {
    const text = example
      .replace(/^name:\n.*\n.*\n/m, 'name: Лаванда\n')
      .replace("'000000000000'", '370212345678')
      .replace(/^phone: .*/m, 'phone:')
      .replace(/^website: .*/m, 'website:')
      .replace('price: 1300', 'price: 1300.50')
      .replace(/^masters:\n(?: .*\n)+/m, '')
      .replace(/^quietHours:\n(?: .*\n)+/m, '')
      .replace(/^rates:\n(?: .*\n)+/m, 'rates: { vkPerSecond: 5 }\n')
    await withSalon(text)
    const { salon } = read()
    expect(salon.name).toEqual({ ru: 'Лаванда' })
    expect(salon.operator.taxId).toBe('370212345678')
    expect('phone' in salon || 'website' in salon).toBe(false)
    expect(salon.lines[0]?.services[0]?.priceKopecks).toBe(130_050)
    expect(salon.masters).toEqual([])
    expect(salon.quietHours).toEqual({ from: '21:00', to: '09:00' })
    expect(salon.rates).toEqual({
      telegramPerSecond: 30,
      vkPerSecond: 5,
      broadcastTelegramPerSecond: 25,
      broadcastVkPerSecond: 18,
    })
  })
})

describe('the sentences', () => {
  const translate = createTranslator({ dir: path.join(root, 'locales') })
  const words = JSON.parse(readFileSync(path.join(root, 'locales/ru/settings.json'), 'utf8')) as Record<
    'expected' | 'advice',
    Record<string, string>
  >

  test('every mistake above can be said, and no sentence is left over', async () => {
    const said = new Set<string>()
    for (const [what, from, to] of mistakes) {
      await withSalon(example.replace(from, to))
      const problems = problemsOf()
      for (const { expected } of problems) said.add(expected.key)
      expect({ what, text: saySettingsProblems(problems, translate('ru')) }).toEqual({
        what,
        text: expect.stringMatching(/✗ /) as string,
      })
    }
    const fields = [...said]
      .filter((key) => key.startsWith('settings.expected.'))
      .map((key) => key.split('.')[2])
    const environment = /[tT]oken$|^vk|^telegramApiRoot|Url$|^port$|^webhook|^logLevel/
    const unsaid = Object.keys(words.expected).filter(
      (key) => !fields.includes(key) && !environment.test(key),
    )
    expect(unsaid).toEqual([])
  })

  test('read like this', async () => {
    await withSalon(example.replace('price: 1300', 'price: дорого').replace('timeZone:', 'timezone:'))
    expect(saySettingsProblems(problemsOf({ VK_TOKEN: 'x' }), translate('ru'))).toBe(
      [
        'В настройках 3 ошибки:',
        '',
        '✗ VK_GROUP_ID',
        '  Не указано',
        '  Нужно: номер сообщества, только цифры: 123456789. Он виден в Управление → Работа с API → Callback API',
        '',
        '✗ timezone  (salon.yaml, строка 31)',
        '  Такого ключа нет. Может быть, timeZone?',
        '',
        '✗ lines[0].services[0].price  (salon.yaml, строка 43)',
        '  Указано: дорого',
        '  Нужно: цена в рублях: 1500 или 1500.50',
      ].join('\n'),
    )
  })
})
