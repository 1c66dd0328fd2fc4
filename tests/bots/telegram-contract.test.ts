import { describeContract } from './contract.ts'
import { openTelegramStage } from './stage.ts'

describeContract('Telegram', openTelegramStage)
