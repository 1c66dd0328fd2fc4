/** The doctor: looks at everything the product needs, says what is wrong and how to mend it. */
import type { Logger } from 'pino'

import { AdviceError } from '../domain/advice-error.ts'
import { redact } from '../log/redact.ts'
import type { Settings } from '../settings.ts'
import type { Console } from './console.ts'
import { exitCodes } from './console.ts'
import { createAsking } from './doctor/ask.ts'
import { checkDatabase } from './doctor/check-database.ts'
import { checkDisk, checkPort } from './doctor/check-machine.ts'
import { checkPlaybook } from './doctor/check-playbook.ts'
import { checkPublicUrl } from './doctor/check-public-url.ts'
import { checkRedis } from './doctor/check-redis.ts'
import { checkTelegram } from './doctor/check-telegram.ts'
import { checkVk } from './doctor/check-vk.ts'
import { ok, problem, warning, type Check, type Finding, type Patient } from './doctor/finding.ts'

export interface DoctorOptions extends Pick<Console, 'say' | 't'> {
  settings: Settings
  log: Logger
}

const checks: readonly Check[] = [
  checkSettings,
  checkPlaybook,
  checkDatabase,
  checkRedis,
  checkTelegram,
  checkVk,
  checkPublicUrl,
  checkDisk,
  checkPort,
]

/**
 * Examines everything at once and reports in a fixed order.
 * @returns the exit code: 0 when nothing must be mended (warnings may be there), else 1
 */
export async function runDoctor({ settings, log, say, t }: DoctorOptions): Promise<number> {
  const { ask, clockLeadsMs } = createAsking(
    settings.proxyUrl === undefined ? {} : { proxyUrl: settings.proxyUrl },
  )
  const patient: Patient = { settings, log, ask }
  const results = await Promise.all(checks.map((check) => guarded(check, patient)))
  const findings = [...results.flat(), ...judgeClock(clockLeadsMs)]
  for (const { level, text, advice } of findings) {
    say(`${marks[level]} ${t(text.key, text.values)}`)
    if (advice) say(`  ${t(advice.key, advice.values)}`)
  }
  const count = (level: Finding['level']): number => findings.filter((one) => one.level === level).length
  say('')
  if (count('problem') > 0) say(t('doctor.result.problems', { count: count('problem') }))
  else
    say(
      count('warning') > 0
        ? t('doctor.result.warnings', { count: count('warning') })
        : t('doctor.result.fine'),
    )
  return count('problem') > 0 ? exitCodes.trouble : exitCodes.ok
}

const marks = { ok: '✓', warning: '!', problem: '✗' } as const

/** A check that breaks is a finding of its own: the others still report. */
async function guarded(check: Check, patient: Patient): Promise<Finding[]> {
  try {
    return await check(patient)
  } catch (error) {
    if (error instanceof AdviceError)
      return [{ level: 'problem', text: { key: error.key, values: error.params } }]
    patient.log.debug({ event: 'doctor.checkFailed', error })
    const message = redact(error instanceof Error ? error.message : String(error))
    return [problem('checkFailed', { name: check.name, message })]
  }
}

async function checkSettings({ settings }: Patient): Promise<Finding[]> {
  const { mode, salon, salonFile, survey, surveyFile, warnings } = settings
  // As people count: what belongs to another question is asked together with it.
  const count = survey.filter(({ partOf }) => partOf === undefined).length
  return [
    ok(`settings.${mode}`, { name: salon.name.ru, file: salonFile }),
    ...(surveyFile === undefined ? [] : [ok('settings.survey', { count, file: surveyFile })]),
    ...warnings.map((text): Finding => ({ level: 'warning', text })),
  ]
}

const tolerableLeadMs = 30_000

/** Telegram and VK told the time with their answers; the smallest difference is the one without delays. */
function judgeClock(leadsMs: readonly number[]): Finding[] {
  const nearest = leadsMs.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0]
  if (nearest === undefined) return []
  if (Math.abs(nearest) <= tolerableLeadMs) return [ok('clock.fine')]
  return [
    warning(nearest > 0 ? 'clock.ahead' : 'clock.behind', { seconds: Math.round(Math.abs(nearest) / 1000) }),
  ]
}
