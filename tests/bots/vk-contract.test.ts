import { describeContract } from './contract.ts'
import { openVkStage } from './stage.ts'

describeContract('VK', (transport) => openVkStage(transport))
