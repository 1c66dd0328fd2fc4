/** Redis or Valkey, where REDIS_URL names one: does it answer, is it new enough, will it keep what we give it. */
import { Redis } from 'ioredis'

import { explainRedis } from '../../jobs/queue-backend.ts'
import { ok, problem, warning, type Finding, type Patient } from './finding.ts'

const oldest = { major: 6, minor: 2 }

/**
 * @returns findings about the queues' server; none when the queues live in PostgreSQL
 * @throws AdviceError when Redis does not let us in
 */
export async function checkRedis({ settings }: Patient): Promise<Finding[]> {
  const { redisUrl } = settings
  if (redisUrl === undefined) return []
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: 5000,
    commandTimeout: 5000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  let lastError: unknown
  redis.on('error', (error) => {
    lastError = error
  })
  try {
    await redis.connect()
    return judge(await redis.info())
  } catch (error) {
    throw explainRedis(lastError ?? error, redisUrl)
  } finally {
    redis.disconnect()
  }
}

function judge(info: string): Finding[] {
  const facts = new Map(info.split('\r\n').map((line) => line.split(':', 2) as [string, string]))
  const name = facts.has('valkey_version') ? 'Valkey' : 'Redis'
  const version = facts.get('valkey_version') ?? facts.get('redis_version') ?? '0.0'
  const policy = facts.get('maxmemory_policy') ?? 'noeviction'
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < oldest.major || (major === oldest.major && minor < oldest.minor)) {
    return [problem('redis.old', { name, version, oldest: `${oldest.major}.${oldest.minor}` })]
  }
  // With another policy a full server throws away waiting jobs to make room.
  if (policy !== 'noeviction') return [warning('redis.evicts', { name, policy })]
  return [ok('redis.fine', { name, version })]
}
