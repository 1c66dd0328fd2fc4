import { plainWords } from './plain-words.ts'

/** What a column of the salon's books can mean. */
export const meanings = [
  'date',
  'time',
  'phone',
  'clientId',
  'name',
  'line',
  'service',
  'amount',
  'master',
  'visitId',
  'status',
] as const
export type Meaning = (typeof meanings)[number]

/** `client`: a name, a phone or a number, the cells will tell. `id`: of the visit, or of the client where nothing else is. */
export type Claimed = Meaning | 'client' | 'id'

/**
 * What the salon's programs and people call a column, the best first: where two columns claim one meaning, the one that stands
 * higher here is taken, and of equals the left one. So what was paid goes before what it should have cost.
 */
const names: Readonly<Record<Claimed, string>> = {
  date: `дата визита, дата и время визита, дата посещения, дата приема, дата услуги, дата оказания услуги, дата сеанса,
    дата записи, дата и время записи, дата начала, дата и время начала, дата и время, дата время, дата, когда, день, число, день визита,
    начало, visit date, date of visit, visit datetime, visited at, visit at, appointment date, booking date, service date,
    datetime, date time, date and time, date, day, when, timestamp, start date, start, start time and date, order date,
    transaction date, purchase date, invoice date, дата покупки, дата продажи, дата чека, дата операции, дата оплаты, payment date`,
  time: `время визита, время посещения, время приема, время записи, время начала, время сеанса, время, час, visit time,
    appointment time, start time, time, hour`,
  phone: `телефон клиента, мобильный телефон, моб телефон, сотовый телефон, номер телефона, номер телефона клиента, телефон, телефоны,
    тел клиента, тел, моб тел, моб, мобильный, мобильный номер, сотовый, контактный телефон, контакт, контакты, номер тел,
    контактный номер, client phone, customer phone, phone number, mobile phone, mobile number, cell phone, phone, mobile, cell, tel,
    telephone, msisdn, номер мобильного, номер мобильного телефона, номер сотового`,
  clientId: `id клиента, код клиента, номер клиента, ид клиента, идентификатор клиента, клиент id, клиент код, номер карты клиента,
    номер карты, карта клиента, номер дисконтной карты, дисконтная карта, код карты, номер карточки, client id, clientid,
    id client, customer id, customerid, client number, customer number, client code, customer code, client no, customer no, guest id,
    card number, user id, userid, person id, patient id, cust id, cid`,
  name: `фио клиента, имя клиента, клиент фио, клиент имя, фамилия имя клиента, фамилия и имя клиента, фио, ф и о, имя и фамилия,
    фамилия и имя, фамилия имя отчество, фамилия имя, имя фамилия, имя, имя гостя, фио гостя, client name, customer name, full name,
    guest name, name, first name, fio`,
  client: `клиент, клиенты, клиентка, гость, посетитель, покупатель, контрагент, заказчик, client, customer, guest, visitor, buyer,
    patient, пациент, clients`,
  line: `направление, направление услуг, направление салона, категория услуги, категория услуг, категория, категория товаров и услуг,
    отдел, отделение, вид услуг, вид услуги, группа услуг, группа услуги, раздел, зал, service line, line, service category, category,
    department, service group, direction, section`,
  service: `услуга, услуги, наименование услуги, название услуги, наименование услуг, оказанная услуга, оказанные услуги, что делали,
    процедура, процедуры, наименование, номенклатура, работа, вид работ, service, services, service name, procedure, treatment, item`,
  amount: `оплачено, оплачено клиентом, сумма оплаты, сумма к оплате, итого оплачено, итого к оплате, оплата, оплатил, итого,
    итоговая сумма, итоговая стоимость, к оплате, всего, сумма со скидкой, стоимость со скидкой, цена со скидкой, сумма визита,
    сумма чека, сумма продажи, сумма, стоимость услуг, стоимость услуги, стоимость, выручка, цена услуги, цена, деньги,
    paid, amount paid, paid amount, total paid, payment, total amount, total, amount, sum, revenue, cost, price, value, spend, sales,
    monetary, order value`,
  master: `мастер, мастера, имя мастера, фио мастера, сотрудник, сотрудники, имя сотрудника, фио сотрудника, специалист, исполнитель,
    кто делал, парикмахер, косметолог, стилист, врач, master, employee, staff, staff member, specialist, stylist, provider, performer,
    employee name, master name`,
  visitId: `номер записи, id записи, код записи, номер визита, id визита, код визита, номер чека, id чека, номер документа,
    номер заказа, id заказа, номер заявки, ид записи, ид визита, идентификатор записи, идентификатор визита, запись id, визит id,
    visit id, visitid, visit number, visit no, record id, appointment id, booking id, order id, order number, transaction id,
    receipt number, invoice number, invoice no, external id`,
  id: `id, ид`,
  status: `статус визита, статус записи, статус посещения, статус, состояние, состояние записи, состояние визита, visit status,
    appointment status, booking status, status, state`,
}

const ranked: ReadonlyMap<string, { meaning: Claimed; rank: number }> = new Map(
  Object.entries(names).flatMap(([meaning, list]) =>
    list.split(',').map((name, rank) => [plainWords(name), { meaning: meaning as Claimed, rank }]),
  ),
)

/** What a header may contain beside the word that says it. Whoever has one of the `never` words is something else. */
const loose: readonly { meaning: Claimed; word: RegExp; never?: RegExp }[] = [
  { meaning: 'phone', word: /(^| )(телефон|phone|mobile)/, never: /мастер|сотрудник|салон|филиал|staff/ },
  {
    meaning: 'visitId',
    word: /(^| )(id|код|номер|number) (записи|визита|чека|visit|appointment|booking)( |$)/,
  },
  { meaning: 'clientId', word: /(^| )(id|код|номер|number|code) (карты|клиента|client|customer)( |$)/ },
  {
    meaning: 'date',
    word: /(^| )(дата|date)( |$)/,
    never:
      /рожд|создан|измен|регистр|добавл|перв|послед|окончан|конц|birth|creat|updat|chang|regist|first|last|end|due/,
  },
  {
    meaning: 'master',
    word: /(^| )(мастер|сотрудник|специалист|master|employee|stylist)( |$)/,
    never: /id|код|телефон/,
  },
  {
    meaning: 'amount',
    word: /(^| )(оплачено|итого|сумма|стоимость|amount|paid)( |$)/,
    never:
      /скидк|бонус|долг|себестоим|чаев|налог|ндс|возврат|остат|баланс|discount|bonus|debt|tax|tip|balance|refund/,
  },
  {
    meaning: 'line',
    word: /(^| )(направлени\p{L}+|категори\p{L}+|category)( |$)/u,
    never: /клиент|client|customer|id|код/,
  },
  {
    meaning: 'service',
    word: /(^| )(услуг[аи]|service)( |$)/,
    never: /id|код|колич|длит|цен|скидк|line|count|duration/,
  },
  { meaning: 'name', word: /(^| )(фио|имя)( |$)/, never: /мастер|сотрудник|админ|файл/ },
]

export interface Claim {
  meaning: Claimed
  /** The lower, the better the name. */
  rank: number
  /** The amounts are in kopecks: the header says so. */
  kopecks: boolean
}

/** What a column's header claims it to be; undefined: nothing that we know. */
export function claimOf(header: string): Claim | undefined {
  const spaced = header.replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
  const kopecks = kopeckUnit.test(plainWords(spaced))
  for (const written of [header, spaced]) {
    const exact = ranked.get(plainWords(written)) ?? ranked.get(withoutUnit(plainWords(written)))
    if (exact !== undefined) return { ...exact, kopecks }
  }
  const words = withoutUnit(plainWords(spaced))
  const place = loose.findIndex(({ word, never }) => word.test(words) && never?.test(words) !== true)
  const found = loose[place]
  return found && { meaning: found.meaning, rank: 1000 + place, kopecks }
}

const kopeckUnit = /(^| )(в )?(коп|копейки|копейках|копеек|kopecks|kopeks|kop)( |$)/

const withoutUnit = (words: string): string =>
  words
    .replace(
      / (в )?(руб|рублях|рублей|рубли|р|rub|rur|rubles|roubles|коп|копейках|копеек|копейки|kopecks|kopeks)$/,
      '',
    )
    .trim()
