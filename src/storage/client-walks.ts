import type { SurveyResponse } from '../domain/survey.ts'
import type { PrismaClient } from './generated/client.ts'
import { toResponse } from './survey-response.ts'

export interface ClientWalkStorage {
  /** The client's walks through the survey and the short form, the last changed first. */
  ofClient(clientId: number): Promise<SurveyResponse[]>
}

/** What one client has answered, walk by walk. */
export function createClientWalks({ prisma }: { prisma: PrismaClient }): ClientWalkStorage {
  return {
    async ofClient(clientId) {
      const walks = await prisma.dialogue.findMany({
        where: { clientId, name: { in: ['survey', 'visit'] } },
        orderBy: [{ changedAt: 'desc' }, { name: 'asc' }, { run: 'desc' }],
        take: 20,
      })
      return walks.map(toResponse)
    },
  }
}
