import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { AdviceError } from '../../src/domain/advice-error.ts'
import { startEmbedded } from '../../src/storage/embedded.ts'
import type { ChildProcess } from 'node:child_process'
import type { EmbeddedOptions, EmbeddedPostgres } from '../../src/storage/embedded.ts'
import type { LogEntry } from '../../src/domain/event-log.ts'

const isRoot = process.getuid?.() === 0
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

let root: string
let prepared: string

// Making a database takes a second, copying one a twentieth of that.
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'otklik-embedded-'))
  await chmod(root, 0o755)
  prepared = join(root, 'prepared')
  const postgres = await startEmbedded({ dataDir: prepared, log: silent })
  await query(postgres, 'CREATE TABLE visit AS SELECT 42 AS id')
  await postgres.stop()
})

afterAll(() => rm(root, { recursive: true, maxRetries: 3 }))

let folders = 0
const emptyFolder = (name = `folder-${folders++}`): string => join(root, name)

const preparedFolder = (name?: string): string => {
  const folder = emptyFolder(name)
  expect(spawnSync('cp', ['-a', prepared, folder]).status).toBe(0)
  return folder
}

const start = async (dataDir: string, options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> => {
  const postgres = await startEmbedded({ dataDir, log: silent, ...options })
  onTestFinished(() => postgres.stop())
  return postgres
}

const query = async (postgres: { connectionString: string }, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: postgres.connectionString })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<pg.QueryResultRow>(sql)).rows
  } finally {
    await client.end()
  }
}

const VISITS = 'SELECT id FROM visit'
const STORED = [{ id: 42 }]

const adviceOf = async (promise: Promise<unknown>): Promise<AdviceError> => {
  const error: unknown = await promise.then(
    () => new Error('it worked'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof AdviceError)) throw error
  return error
}

/** A process of its own that starts PostgreSQL in the folder. */
const startProcess = (dataDir: string): ChildProcess => {
  const child = fork(join(import.meta.dirname, 'embedded-process.ts'), [dataDir], { detached: true })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

const started = async (child: ChildProcess): Promise<{ connectionString: string }> => {
  const [message] = (await once(child, 'message')) as [{ connectionString: string }]
  return message
}

const kill9 = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

const serverPid = (dataDir: string): number =>
  Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)

const isAlive = (pid: number): boolean => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.startsWith('Z')
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await sleep(20)
}

/** The numbers of the processes whose command line satisfies this. */
const processes = (is: (line: string) => boolean): number[] => {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
  return stdout
    .split('\n')
    .filter(is)
    .map((line) => Number.parseInt(line, 10))
}

const guardsOf = (pid: number): number[] => processes((line) => line.endsWith(`otklik-guard ${pid}`))

const killGuardOf = (pid: number): void => {
  const guards = guardsOf(pid)
  expect(guards).toHaveLength(1)
  process.kill(guards[0]!, 'SIGKILL')
}

/** The server that a process younger than this one runs in the folder, seen a millisecond after it began: `ps` takes too long. */
const beginningServer = (dataDir: string, olderPid: number): number | undefined =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > olderPid)
    .find((pid) => commandLine(pid).includes(`postgres\0-D\0${join(dataDir, 'postgres')}\0`))

const commandLine = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // It ended in between.
    return ''
  }
}

test('what was stored is there after a stop and another start', async () => {
  const dataDir = emptyFolder()
  const first = await startEmbedded({ dataDir, log: silent })
  await query(first, 'CREATE TABLE visit AS SELECT 42 AS id')
  await first.stop()

  expect(await query(await start(dataDir), VISITS)).toEqual(STORED)
})

test('stopping twice is stopping once', async () => {
  const postgres = await startEmbedded({ dataDir: preparedFolder(), log: silent })
  await Promise.all([postgres.stop(), postgres.stop()])
  await postgres.stop()

  await expect(query(postgres, VISITS)).rejects.toThrow('ENOENT')
})

test('Cyrillic is compared without regard to case, whatever locales the machine has', async () => {
  const postgres = await start(preparedFolder())

  expect(await query(postgres, `SELECT 'Ёлка Ирина' ILIKE 'ёлка и%' AS same, lower('ЖЁ') AS low`)).toEqual([
    { same: true, low: 'жё' },
  ])
})

test('what is committed is flushed to the disk', async () => {
  const postgres = await start(preparedFolder())

  expect(await query(postgres, 'SHOW fsync')).toEqual([{ fsync: 'on' }])
  expect(await query(postgres, 'SHOW synchronous_commit')).toEqual([{ synchronous_commit: 'on' }])
})

test('a second copy in the same folder is refused and told who is there, and the first goes on', async () => {
  const dataDir = preparedFolder()
  const first = await start(dataDir)

  const advice = await adviceOf(startEmbedded({ dataDir, log: silent }))
  expect(advice).toMatchObject({ key: 'storage.secondCopy', params: { dir: dataDir, pid: process.pid } })
  expect(await query(first, VISITS)).toEqual(STORED)
})

test('a second copy in another process is refused just the same', async () => {
  const dataDir = preparedFolder()
  const child = startProcess(dataDir)
  const first = await started(child)

  const advice = await adviceOf(startEmbedded({ dataDir, log: silent }))
  expect(advice).toMatchObject({ key: 'storage.secondCopy', params: { pid: child.pid } })
  expect(await query(first, VISITS)).toEqual(STORED)
  await kill9(child)
})

test('the next start works at once after kill -9', async () => {
  const dataDir = preparedFolder()
  const child = startProcess(dataDir)
  await query(await started(child), 'INSERT INTO visit VALUES (43)')
  await kill9(child)

  expect(await query(await start(dataDir), VISITS)).toEqual([{ id: 42 }, { id: 43 }])
})

test('kill -9 leaves no server behind', async () => {
  const dataDir = preparedFolder()
  const child = startProcess(dataDir)
  await started(child)
  const pid = serverPid(dataDir)
  await kill9(child)

  await until(() => !isAlive(pid))
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
})

test('a server that outlived its parent is replaced, and what it was doing is undone', async () => {
  const dataDir = preparedFolder()
  const child = startProcess(dataDir)
  const { connectionString } = await started(child)
  const pid = serverPid(dataDir)
  killGuardOf(pid)
  await kill9(child)
  const left = new pg.Client({ connectionString })
  left.on('error', () => {})
  await left.connect()
  await left.query('BEGIN; LOCK TABLE visit; DELETE FROM visit')
  expect(isAlive(pid)).toBe(true)

  expect(await query(await start(dataDir), VISITS)).toEqual(STORED)
  expect(isAlive(pid)).toBe(false)
  await left.end()
})

test.runIf(process.platform === 'linux')(
  'a server that its killed parent had only just begun, mostly without a pid file yet, is replaced',
  async () => {
    const dataDir = preparedFolder()
    const child = startProcess(dataDir)
    let begun: number | undefined
    while (begun === undefined) {
      await sleep(0)
      begun = beginningServer(dataDir, child.pid!)
    }
    process.kill(begun, 'SIGSTOP')
    await kill9(child)
    for (const guard of guardsOf(begun)) process.kill(guard, 'SIGKILL')
    // This looks for a pid file before it waits for anything.
    const starting = start(dataDir)
    process.kill(begun, 'SIGCONT')

    expect(await query(await starting, VISITS)).toEqual(STORED)
    expect(serverPid(dataDir)).not.toBe(begun)
    expect(isAlive(begun)).toBe(false)
  },
)

test.for([60, 200, 400, 600, 900])(
  'kill -9 %i ms after the very first start began does no harm',
  async (delayMs) => {
    const dataDir = emptyFolder()
    const child = startProcess(dataDir)
    await sleep(delayMs)
    await kill9(child)

    const postgres = await start(dataDir)
    expect(await query(postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(readdirSync(dataDir).filter((name) => !name.startsWith('otklik.lock'))).toEqual(['postgres'])
  },
)

test('a pid file whose number now belongs to somebody else does not matter', async () => {
  const dataDir = preparedFolder()
  const stranger = fork(join(import.meta.dirname, 'embedded-process.ts'), [preparedFolder()])
  await started(stranger)
  const lines = [
    String(stranger.pid),
    join(dataDir, 'postgres'),
    '1700000000',
    '5432',
    '/nowhere',
    '',
    '1 1',
    'ready',
  ]
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${lines.join('\n')}\n`)

  expect(await query(await start(dataDir), VISITS)).toEqual(STORED)
  expect(isAlive(stranger.pid!)).toBe(true)
  stranger.kill('SIGINT')
  await once(stranger, 'exit')
})

test('a torn pid file does not matter', async () => {
  const dataDir = preparedFolder()
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), '')

  expect(await query(await start(dataDir), VISITS)).toEqual(STORED)
})

test('a server killed under a living parent comes back by itself', async () => {
  const dataDir = preparedFolder()
  const events: string[] = []
  const note = ({ event }: LogEntry) => void events.push(event)
  const postgres = await start(dataDir, { log: { debug: () => {}, info: note, warn: note, error: note } })
  process.kill(serverPid(dataDir), 'SIGKILL')

  await until(() => events.includes('embedded.restarted'))
  expect(events).toContain('embedded.died')
  expect(await query(postgres, VISITS)).toEqual(STORED)
})

test('told to stop while the server is being brought back, it stops', async () => {
  const dataDir = preparedFolder()
  const postgres = await startEmbedded({ dataDir, log: silent })
  process.kill(serverPid(dataDir), 'SIGKILL')
  await postgres.stop()

  expect(await query(await start(dataDir), VISITS)).toEqual(STORED)
})

test('Ctrl+C reaches us alone: the server serves until we have finished', async () => {
  const child = startProcess(preparedFolder())
  await started(child)
  process.kill(-child.pid!, 'SIGINT')

  const told = Promise.all([once(child, 'message'), once(child, 'exit')])
  expect(await told).toMatchObject([
    [{ answer: 42 }, undefined],
    [0, null],
  ])
})

test('a folder of another major version is refused with both numbers', async () => {
  const dataDir = preparedFolder()
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '15\n')

  expect(await adviceOf(startEmbedded({ dataDir, log: silent }))).toMatchObject({
    key: 'storage.otherMajor',
    params: { found: 15, expected: 18 },
  })
})

test('a damaged database is called so', async () => {
  const dataDir = preparedFolder()
  await rm(join(dataDir, 'postgres', 'global', 'pg_control'))

  expect(await adviceOf(startEmbedded({ dataDir, log: silent }))).toMatchObject({ key: 'storage.damaged' })
})

test('after a failed start the folder is free again', async () => {
  const dataDir = preparedFolder()
  const version = join(dataDir, 'postgres', 'PG_VERSION')
  writeFileSync(version, '15\n')
  await adviceOf(startEmbedded({ dataDir, log: silent }))
  writeFileSync(version, '18\n')

  expect(await query(await start(dataDir), VISITS)).toEqual(STORED)
})

test('a folder whose path is too long for a socket works, and leaves nothing in the temporary folder', async () => {
  const socketFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('otklik-pg-'))
  const before = socketFolders()
  const dataDir = preparedFolder(`folder-${'very-'.repeat(20)}long`)
  const postgres = await startEmbedded({ dataDir, log: silent })
  expect(await query(postgres, VISITS)).toEqual(STORED)
  const during = socketFolders().filter((name) => !before.includes(name))
  await postgres.stop()

  expect(during.length).toBeGreaterThan(0)
  expect(socketFolders().filter((name) => during.includes(name) && serves(name, dataDir))).toEqual([])
})

// Other tests may be using folders of their own at the same time.
const serves = (name: string, dataDir: string): boolean => {
  const lock = join(tmpdir(), name, '.s.PGSQL.5432.lock')
  return existsSync(lock) && readFileSync(lock, 'utf8').includes(dataDir)
}

test.for(['with spaces', 'по-русски', `100% "quoted" o'clock`, 'a,comma&question?'])(
  'a folder may be called <%s>',
  async (name) => {
    expect(await query(await start(preparedFolder(name)), VISITS)).toEqual(STORED)
  },
)

test('by the loopback address it asks for the password', async () => {
  const postgres = await start(emptyFolder(), { transport: 'loopback' })
  const url = new URL(postgres.connectionString)
  expect(url.hostname).toBe('127.0.0.1')
  expect(await query(postgres, 'SELECT 1 AS one')).toEqual([{ one: 1 }])

  url.password = 'guess'
  await expect(query({ connectionString: url.href }, 'SELECT 1')).rejects.toThrow(
    'password authentication failed',
  )
})

test('nobody else can open the socket', async () => {
  const dataDir = preparedFolder()
  await start(dataDir)

  const { stdout } = spawnSync('ls', ['-ld', join(dataDir, 'postgres')], { encoding: 'utf8' })
  expect(stdout).toMatch(/^drwx------/)
})

test('what a statement says never reaches the log', async () => {
  const entries: LogEntry[] = []
  const note = (entry: LogEntry) => void entries.push(entry)
  const postgres = await start(preparedFolder(), {
    log: { debug: note, info: note, warn: note, error: note },
  })
  await query(postgres, `CREATE TABLE client (phone text UNIQUE); INSERT INTO client VALUES ('+79161234567')`)
  await expect(query(postgres, `INSERT INTO client VALUES ('+79161234567')`)).rejects.toThrow('duplicate key')
  await expect(query(postgres, `SELECT '+79161234567x'::uuid`)).rejects.toThrow('invalid input syntax')
  await expect(
    query(postgres, `DO $$ BEGIN RAISE WARNING '+79161234567'; RAISE 'no +79161234567'; END $$`),
  ).rejects.toThrow('no +79161234567')
  await postgres.stop()

  expect(entries.map(({ event }) => event)).toContain('embedded.server')
  expect(JSON.stringify(entries)).not.toContain('79161234567')
})

test('secrets in our environment are not handed to the server', async () => {
  process.env['TELEGRAM_BOT_TOKEN'] = '123:secret'
  onTestFinished(() => void delete process.env['TELEGRAM_BOT_TOKEN'])
  const postgres = await start(preparedFolder())
  await query(postgres, `CREATE TABLE environment (line text); COPY environment FROM PROGRAM 'env'`)

  const names = await query(postgres, `SELECT split_part(line, '=', 1) AS name FROM environment`)
  expect(names).toContainEqual({ name: 'PATH' })
  expect(names).not.toContainEqual({ name: 'TELEGRAM_BOT_TOKEN' })
})

test.runIf(isRoot)('root may keep the folder where nobody else can go', async () => {
  const closed = emptyFolder()
  await mkdir(closed, { mode: 0o700 })
  const dataDir = join(closed, 'data')
  const first = await startEmbedded({ dataDir, log: silent })
  await query(first, 'CREATE TABLE visit AS SELECT 42 AS id')
  await first.stop()

  expect(await query(await start(dataDir), VISITS)).toEqual(STORED)
})

const nobody = { uid: 65534, gid: 65534 }
const nobodyCanRunUs = isRoot && spawnSync(process.execPath, ['-e', ''], { ...nobody, cwd: '/' }).status === 0

test.runIf(nobodyCanRunUs)("in somebody's folder root works with that person's hands", async () => {
  const home = emptyFolder()
  await mkdir(home)
  await chown(home, nobody.uid, nobody.gid)
  const dataDir = join(home, 'data')
  const asRoot = await startEmbedded({ dataDir, log: silent })
  const owner = spawnSync('ps', ['-o', 'uid=', '-p', String(serverPid(dataDir))], { encoding: 'utf8' })
  await asRoot.stop()
  expect(Number(owner.stdout)).toBe(nobody.uid)

  const child = fork(join(import.meta.dirname, 'embedded-process.ts'), [dataDir], nobody)
  onTestFinished(() => void child.kill('SIGKILL'))
  expect(await query(await started(child), 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  child.kill('SIGINT')
  await once(child, 'exit')
})

test.runIf(isRoot && spawnSync('mount', ['--version']).status === 0)(
  'a full disk is called so, at the first start and later',
  async () => {
    const disk = emptyFolder()
    await mkdir(disk)
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', disk]).status).toBe(0)
    onTestFinished(() => void spawnSync('umount', ['-l', disk]))
    const dataDir = join(disk, 'data')
    expect(await adviceOf(startEmbedded({ dataDir, log: silent }))).toMatchObject({ key: 'storage.diskFull' })
    expect(readdirSync(dataDir)).not.toContain('postgres')

    expect(spawnSync('mount', ['-o', 'remount,size=120m', disk]).status).toBe(0)
    const postgres = await startEmbedded({ dataDir, log: silent })
    await query(postgres, 'CREATE TABLE visit AS SELECT 42 AS id')
    await postgres.stop()
    const filled = spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'filler')}`, 'bs=64k'])
    expect(filled.status).not.toBe(0)
    const advice = await startEmbedded({ dataDir, log: silent }).then(
      (server) => server.stop(),
      (reason: unknown) => reason,
    )
    // Whether the server gets as far as being ready depends on what it still had room for.
    expect(advice === undefined || (advice as AdviceError).key === 'storage.diskFull').toBe(true)

    await rm(join(disk, 'filler'))
    expect(await query(await start(dataDir), VISITS)).toEqual(STORED)
  },
)
