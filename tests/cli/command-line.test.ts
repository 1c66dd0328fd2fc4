import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { runCommandLine } from '../../src/cli/command-line.ts'
import { installerLanguage } from '../../src/cli/installer-language.ts'
import type { StartProduct } from '../../src/cli/start.ts'
import { AdviceError } from '../../src/domain/advice-error.ts'

let cwd: string
beforeEach(async () => {
  cwd = await mkdtemp(path.join(os.tmpdir(), 'command-'))
})
afterEach(() => rm(cwd, { recursive: true }))

interface Outcome {
  code: number
  said: string
  complained: string
}

async function run(
  argv: string,
  env: NodeJS.ProcessEnv = {},
  product: StartProduct = unexpected,
): Promise<Outcome> {
  const said: string[] = []
  const complained: string[] = []
  const code = await runCommandLine({
    argv: argv === '' ? [] : argv.split(' '),
    env: { LANG: 'en_US.UTF-8', LOG_LEVEL: 'silent', ...env },
    cwd,
    say: (line) => said.push(line),
    complain: (line) => complained.push(line),
    loadProduct: async () => product,
    exit: (exitCode) => {
      throw new Error(`the process was ended with ${exitCode}`)
    },
  })
  return { code, said: said.join('\n'), complained: complained.join('\n') }
}

const unexpected: StartProduct = async () => {
  throw new Error('nothing was to be started here')
}

const failing =
  (error: unknown): StartProduct =>
  async () => {
    throw error
  }

describe('help', () => {
  test('lists the commands and says how to call them', async () => {
    const { code, said } = await run('--help')
    expect(code).toBe(0)
    expect(said).toContain('Usage: npm run -s otklik -- [command] [options]')
    for (const command of ['start', 'doctor', 'migrate', 'export', 'demo-data', 'analyse'])
      expect(said).toMatch(new RegExp(`^ {2}${command} `, 'm'))
  })

  test.each(['start', 'doctor', 'migrate', 'export', 'demo-data', 'analyse'])(
    '%s has help of its own',
    async (command) => {
      const { code, said } = await run(`${command} --help`)
      expect(code).toBe(0)
      expect(said).toContain(`npm run -s otklik -- ${command}`)
      expect(said).toContain('--salon <file>')
      expect(said.includes('--role')).toBe(command === 'start')
    },
  )

  test('speaks Russian to whoever has a Russian system', async () => {
    const { said } = await run('--help', { LANG: 'ru_RU.UTF-8' })
    expect(said).toContain('Как вызвать: npm run -s otklik -- [команда] [параметры]')
    expect(said).not.toMatch(/Usage|Options|Commands|display help/)
  })

  test('without a command help is shown, as an error', async () => {
    const { code, complained } = await run('')
    expect(code).toBe(2)
    expect(complained).toContain('Commands:')
  })

  test('--version says the version', async () => {
    expect(await run('--version')).toEqual({
      code: 0,
      said: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
      complained: '',
    })
  })
})

test.each([
  ['strat', 'There is no command "strat".\nDid you mean start?'],
  ['start --rol web', 'There is no option --rol.\nDid you mean --role?'],
  ['start --role cook', '--role <role>: only web, worker, all are possible here.'],
  ['start --salon', 'The option --salon <file> needs a value.'],
  ['migrate now', 'There are too many words after the command.'],
])('"%s" is a mistake of usage: exit code 2 and the way to help', async (argv, expected) => {
  const { code, said, complained } = await run(argv)
  expect(code).toBe(2)
  expect(said).toBe('')
  expect(complained).toBe(`✗ ${expected}\nAll commands: npm run -s otklik -- --help`)
})

test.each(['start', 'doctor', 'migrate', 'demo-data'])(
  '%s with wrong settings: exit code 2, every mistake, no stack',
  async (command) => {
    const { code, complained } = await run(command, { PORT: 'x', LOG_LEVEL: 'loud' })
    expect(code).toBe(2)
    expect(complained).toMatch(/There are 2 mistakes.*✗ PORT.*✗ LOG_LEVEL/s)
    expect(complained).not.toMatch(/\n {2,}at /)
  },
)

test('the file named by --salon is the one that is read', async () => {
  await writeFile(path.join(cwd, 'mine.yaml'), 'name: 5\n')
  const { code, complained } = await run('start --salon mine.yaml')
  expect(code).toBe(2)
  expect(complained).toContain('✗ name  (mine.yaml, line 1)')
})

test.each(['start', 'doctor'])('%s says what is wrong with survey.yaml', async (command) => {
  await writeFile(path.join(cwd, 'survey.yaml'), 'off: [recommend]\n')
  const { code, complained } = await run(command)
  expect(code).toBe(2)
  expect(complained).toContain('✗ off[0]  (survey.yaml, line 1)')
})

describe('when starting fails', () => {
  test('advice is shown as it is, exit code 1', async () => {
    const error = new AdviceError('storage.databaseMissing', { host: 'db:5432', database: 'otklik' })
    const { code, complained } = await run('start', {}, failing(error))
    expect(code).toBe(1)
    expect(complained).toBe(
      '✗ There is no database otklik at db:5432. Create it: createdb otklik, or correct DATABASE_URL.',
    )
  })

  test('a taken port is told in words', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const { port } = server.address() as { port: number }
    const listenThere: StartProduct = () =>
      new Promise((_, reject) => {
        createServer().once('error', reject).listen(port, '127.0.0.1')
      })
    const { code, complained } = await run('start', {}, listenThere)
    server.close()
    expect(code).toBe(1)
    expect(complained).toBe(
      `✗ Port ${port} is used by another program. Stop it, or set another one: PORT=3001`,
    )
  })

  const token = '7012345678:AAF-some_secretLettersOfAToken012345'
  const leaky = new Error(`request to https://api.telegram.org/bot${token}/getMe failed`, {
    cause: new Error(`connect to bot${token}`),
  })

  test('anything else is one line without secrets, and the way to more', async () => {
    const { code, complained } = await run('start', {}, failing(leaky))
    expect(code).toBe(1)
    expect(complained).toBe(
      '✗ Unexpected error: Error: request to https://api.telegram.org/bot[token]/getMe failed\n' +
        'Run with LOG_LEVEL=debug to see the details.',
    )
  })

  test('with LOG_LEVEL=debug the stack and its causes are shown, still without secrets', async () => {
    const { complained } = await run('start', { LOG_LEVEL: 'debug' }, failing(leaky))
    expect(complained).toMatch(/\n {4}at .*\ncause: Error: connect to bot\[token\]/s)
    expect(complained).not.toContain('secretLetters')
  })
})

test('warnings of the settings are told before the start', async () => {
  const { complained } = await run(
    'start',
    { VK_GROUP_ID: '5' },
    failing(new AdviceError('storage.damaged', { dir: 'd', detail: 'x' })),
  )
  expect(complained).toMatch(/^! VK_GROUP_ID is set and VK_TOKEN is not/)
})

test.each([
  [{ LANG: 'ru_RU.UTF-8' }, 'ru'],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'ru_RU.UTF-8' }, 'ru'],
  [{ LANG: 'ru_RU.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'ru' }, 'ru'],
  [{ LANG: 'rue_UA' }, 'en'],
  [{ LANG: 'ru_RU.UTF-8', LC_MESSAGES: 'de_DE.UTF-8' }, 'en'],
] as const)('%o speaks %s', (env, language) => {
  expect(installerLanguage(env)).toBe(language)
})
