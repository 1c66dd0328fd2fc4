/**
 * The people of the demo salon. Each client owns a Telegram and a VK account with the same phone, so that the salon
 * can recognise them; the staff is in Telegram. Invented people; the British number is from Ofcom's range for fiction.
 */
import type { Person } from './messenger.ts'

interface DemoClient {
  telegram: Person
  vk: Person
}

/** Four clients: two who tell VK everything, one who hides his birthday, one who speaks English. */
const demoClients: DemoClient[] = [
  client({
    telegramId: 410_001,
    vkId: 260_001,
    name: ['Анна', 'Смирнова'],
    username: 'anna_smirnova',
    phone: '+79005550123',
    profile: { sex: 1, birthDate: '14.3.1992', city: 'Москва' },
  }),
  client({
    telegramId: 410_002,
    vkId: 260_002,
    name: ['Дарья', 'Кузнецова'],
    username: 'dasha_kuz',
    phone: '+79005550148',
    profile: { sex: 1, birthDate: '2.11', city: 'Химки' },
  }),
  client({
    telegramId: 410_003,
    vkId: 260_003,
    name: ['Михаил', 'Орлов'],
    phone: '+79005550176',
    profile: { sex: 2 },
  }),
  client({
    telegramId: 410_004,
    vkId: 260_004,
    name: ['Emily', 'Carter'],
    username: 'emily_in_moscow',
    phone: '+79005550184',
    language: 'en',
    profile: { sex: 1, birthDate: '30.7.1988' },
  }),
]

/** The owner, who opens the one-time link, and an admin whom she may invite. */
export const demoStaff: Person[] = [
  {
    id: 400_001,
    firstName: 'Ольга',
    lastName: 'Лебедева',
    username: 'olga_lebedeva',
    language: 'ru',
    phone: '+79005550101',
  },
  {
    id: 400_002,
    firstName: 'Ирина',
    lastName: 'Соколова',
    username: 'irina_sokolova',
    language: 'ru',
    phone: '+79005550102',
  },
]

/** Everybody, by the messenger they are in: what the stand-ins are given. */
export const demoPeople: { telegram: Person[]; vk: Person[] } = {
  telegram: [...demoClients.map(({ telegram }) => telegram), ...demoStaff],
  vk: demoClients.map(({ vk }) => vk),
}

function client({
  telegramId,
  vkId,
  name: [firstName, lastName],
  username,
  phone,
  language = 'ru',
  profile,
}: {
  telegramId: number
  vkId: number
  name: [string, string]
  username?: string
  phone: string
  language?: Person['language']
  profile: Pick<Person, 'sex' | 'birthDate' | 'city'>
}): DemoClient {
  const person = { firstName, lastName, language, phone }
  return {
    telegram: { id: telegramId, ...person, ...(username === undefined ? {} : { username }) },
    vk: { id: vkId, ...person, ...profile },
  }
}
