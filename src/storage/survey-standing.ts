import { asUsual } from '../domain/feedback.ts'
import { scoresOf, type Score } from '../domain/scores.ts'
import type { Dialogue, Prompt, PrismaClient } from './generated/client.ts'
import { toResponse } from './survey-response.ts'

/** Where a client stands with the survey, and the last score of each line. */
export interface SurveyStanding {
  /** The last thing that happened; absent when nothing did. */
  last?: { what: SurveyStep; at: Date }
  scores: Score[]
}

/**
 * `going`: in the middle. `stopped`: ended early. `declined`: said "no, thanks" to an invitation. `invited`: got one and has not
 * answered. `planned`: gets one at that time.
 */
export type SurveyStep = 'finished' | 'going' | 'stopped' | 'declined' | 'invited' | 'planned'

export interface StandingStorage {
  ofClient(clientId: number): Promise<SurveyStanding>
}

/** How clients and the survey get on. */
export function createStandings({ prisma }: { prisma: PrismaClient }): StandingStorage {
  return {
    async ofClient(clientId) {
      const [walks, prompt] = await Promise.all([
        prisma.dialogue.findMany({
          where: { clientId, name: { in: ['survey', 'visit', 'invite'] } },
          orderBy: { run: 'asc' },
        }),
        prisma.prompt.findFirst({
          where: { clientId, kind: 'invite', state: { in: ['waiting', 'sent'] } },
          orderBy: { id: 'desc' },
        }),
      ])
      const last = lastOf([
        surveyStep(walks.findLast((walk) => walk.name === 'survey')),
        declined(walks.findLast((walk) => walk.name === 'invite')),
        invitation(prompt),
      ])
      return { ...(last && { last: { what: last.what, at: last.at } }), scores: lastScores(walks) }
    },
  }
}

interface Step {
  what: SurveyStep
  at: Date
  /** What is planned was decided before it happens. */
  since: Date
}

const step = (what: SurveyStep, at: Date, since = at): Step => ({ what, at, since })

const lastOf = (steps: readonly (Step | undefined)[]): Step | undefined =>
  steps.filter((one) => one !== undefined).sort((a, b) => +b.since - +a.since)[0]

function surveyStep(walk: Dialogue | undefined): Step | undefined {
  if (!walk) return undefined
  const ended = walk.status === 'finished' || walk.status === 'stopped'
  return step(ended ? (walk.status as 'finished' | 'stopped') : 'going', walk.changedAt)
}

function declined(walk: Dialogue | undefined): Step | undefined {
  const answers = walk?.answers as { when?: { value?: unknown } } | undefined
  return walk && answers?.when?.value === 'no' ? step('declined', walk.changedAt) : undefined
}

const invitation = (prompt: Prompt | null): Step | undefined => {
  if (!prompt) return undefined
  const { state, changedAt, dueAt, createdAt } = prompt
  return state === 'waiting' ? step('planned', dueAt, createdAt) : step('invited', changedAt)
}

function lastScores(walks: readonly Dialogue[]): Score[] {
  const responses = walks.filter((walk) => walk.name !== 'invite').map(toResponse)
  const inOrder = scoresOf(responses, asUsual).sort((a, b) => a.at - b.at)
  const perLine = new Map<string, Score>()
  for (const score of inOrder) perLine.set(score.line, score)
  return [...perLine.values()]
}
