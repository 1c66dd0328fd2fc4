import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'

let cwd: string
let child: ChildProcess
let said: string
let logged: string

beforeEach(async () => {
  cwd = await mkdtemp(path.join(os.tmpdir(), 'start-'))
  said = ''
  logged = ''
})
afterEach(async () => {
  child.kill('SIGKILL')
  await rm(cwd, { recursive: true })
})

function launch(behaviour: string, ...args: string[]): void {
  const script = path.join(import.meta.dirname, 'fixture-product.ts')
  const cache = path.join(os.tmpdir(), 'otklik-tests-compile-cache')
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: cache,
    LANG: 'en_US.UTF-8',
    BEHAVIOUR: behaviour,
    LC_ALL: '',
    LC_MESSAGES: '',
  }
  child = spawn(process.execPath, [script, 'start', ...args], { cwd, env })
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (logged += chunk.toString()))
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10)
}

async function address(): Promise<string> {
  await until(() => said.includes('Ready.'))
  return /http:\S+/.exec(said)?.[0] ?? ''
}

async function ended(): Promise<number | NodeJS.Signals | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode ?? child.signalCode
}

test('the start tells the address, the owner’s link and how to stop', async () => {
  launch('')
  const url = await address()
  expect(said).toBe(
    `The sandbox is open: ${url}\n` +
      "Link for the salon's owner (works once, for a day): https://t.me/staff?start=once\n" +
      'Ready. To stop: Ctrl-C\n',
  )
  expect(await (await fetch(url)).text()).toBe('all')
})

test('--role reaches the product', async () => {
  launch('', '--role', 'worker')
  expect(await (await fetch(await address())).text()).toBe('worker')
})

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s stops the product and ends with 0',
  async (signal) => {
    launch('')
    await address()
    child.kill(signal)
    expect(await ended()).toBe(0)
    expect(said).toContain('Stopping: finishing what is in hand')
    expect(said).toContain('stop was called')
    expect(logged).toContain('"event":"process.stopped"')
  },
)

test('a signal in the middle of starting waits for the start and then stops it', async () => {
  launch('starts until a signal')
  await until(() => said.includes('starting'))
  child.kill('SIGTERM')
  expect(await ended()).toBe(0)
  expect(said).toContain('stop was called')
})

test('Ctrl-C that npm passes on a second time is one Ctrl-C', async () => {
  launch('')
  await address()
  child.kill('SIGINT')
  child.kill('SIGINT')
  expect(await ended()).toBe(0)
  expect(said).toContain('stop was called')
})

test('a second Ctrl-C ends a product that takes its time', async () => {
  launch('never stops')
  await address()
  child.kill('SIGINT')
  await until(() => said.includes('stop was called'))
  await sleep(600)
  child.kill('SIGINT')
  expect(await ended()).toBe(1)
})

test('a crash is logged without its token, the product is stopped, and the exit code is 1', async () => {
  launch('')
  await fetch(`${await address()}/crash`)
  expect(await ended()).toBe(1)
  expect(said).toContain('stop was called')
  expect(logged).toMatch(/"level":"fatal".*"event":"process.crashed".*bot\[token\]/)
  expect(logged).not.toContain('secretLetters')
})

test('a product that can’t go on is stopped, and says why', async () => {
  launch('')
  await fetch(`${await address()}/fail`)
  expect(await ended()).toBe(1)
  expect(said).toContain('stop was called')
  expect(logged).toContain('✗ Unexpected error: Error: the token was revoked')
})
