/** Which clock people of a city live by, as far as their profile's city tells. */

/**
 * Larger cities by the zone's IANA name, as Russian profiles spell them. Names that several larger cities have are left out, and so
 * is whatever the zone's own name says already in English. Time zones: Federal law 107-FZ of 3 June 2011 with its amendments up to
 * 2020 (Volgograd), and IANA tzdata.
 */
const citiesOf: Record<string, string> = {
  'Europe/Kaliningrad': 'Калининград',
  'Europe/Moscow': `Москва, Санкт-Петербург, Нижний Новгород, Казань, Ростов-на-Дону, Краснодар, Воронеж, Ярославль, Рязань,
    Набережные Челны, Пенза, Липецк, Тула, Киров, Чебоксары, Курск, Ставрополь, Тверь, Махачкала, Брянск, Иваново, Сочи, Белгород,
    Владимир, Архангельск, Калуга, Смоленск, Саранск, Череповец, Вологда, Орёл, Владикавказ, Мурманск, Тамбов, Грозный, Кострома,
    Петрозаводск, Таганрог, Йошкар-Ола, Новороссийск, Сыктывкар, Нальчик, Шахты, Дзержинск, Нижнекамск, Старый Оскол,
    Великий Новгород, Псков, Балашиха, Химки, Подольск, Мытищи, Королёв, Люберцы, Красногорск, Одинцово, Домодедово, Зеленоград,
    Северодвинск, Армавир, Рыбинск, Каспийск, Пятигорск, Майкоп, Черкесск, Элиста, Симферополь, Севастополь`,
  'Europe/Volgograd': 'Волгоград, Волжский, Камышин',
  'Europe/Samara': 'Самара, Тольятти, Сызрань, Новокуйбышевск, Ижевск, Сарапул, Воткинск, Глазов',
  'Europe/Saratov': 'Саратов, Энгельс, Балаково',
  'Europe/Astrakhan': 'Астрахань',
  'Europe/Ulyanovsk': 'Ульяновск, Димитровград',
  'Asia/Yekaterinburg': `Екатеринбург, Челябинск, Уфа, Пермь, Тюмень, Оренбург, Курган, Сургут, Нижневартовск, Ханты-Мансийск,
    Нефтеюганск, Салехард, Новый Уренгой, Ноябрьск, Магнитогорск, Златоуст, Миасс, Копейск, Нижний Тагил, Каменск-Уральский,
    Первоуральск, Березники, Стерлитамак, Салават, Нефтекамск, Орск, Новотроицк, Тобольск`,
  'Asia/Omsk': 'Омск',
  'Asia/Novosibirsk': 'Новосибирск, Бердск',
  'Asia/Barnaul': 'Барнаул, Бийск, Рубцовск, Горно-Алтайск',
  'Asia/Tomsk': 'Томск, Северск',
  'Asia/Novokuznetsk': 'Кемерово, Новокузнецк, Прокопьевск, Междуреченск, Ленинск-Кузнецкий',
  'Asia/Krasnoyarsk': 'Красноярск, Норильск, Ачинск, Канск, Абакан, Кызыл',
  'Asia/Irkutsk': 'Иркутск, Братск, Ангарск, Усть-Илимск, Улан-Удэ',
  'Asia/Chita': 'Чита',
  'Asia/Yakutsk': 'Якутск, Нерюнгри, Благовещенск',
  'Asia/Vladivostok': `Владивосток, Хабаровск, Комсомольск-на-Амуре, Уссурийск, Находка, Артём, Биробиджан`,
  'Asia/Sakhalin': 'Южно-Сахалинск',
  'Asia/Magadan': 'Магадан',
  'Asia/Kamchatka': 'Петропавловск-Камчатский',
  'Asia/Anadyr': 'Анадырь',
  'Europe/Minsk': 'Минск, Гомель, Витебск, Могилёв, Гродно, Брест',
  'Asia/Almaty': 'Алматы, Алма-Ата, Астана, Нур-Султан, Караганда, Шымкент',
  'Asia/Tashkent': 'Ташкент',
  'Asia/Bishkek': 'Бишкек',
  'Asia/Dushanbe': 'Душанбе',
  'Asia/Yerevan': 'Ереван',
  'Asia/Tbilisi': 'Тбилиси',
  'Asia/Baku': 'Баку',
}

/** "Орёл" and "орел", "Нижний Новгород" and "нижний-новгород" are the same city. */
const plain = (city: string): string =>
  city
    .trim()
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[\s-]+/g, ' ')

/** The zone's own city: "Asia/Yekaterinburg" is Yekaterinburg's. */
const ownCity = (zone: string): string => (zone.split('/').at(-1) ?? '').replaceAll('_', ' ')

const zones = new Map(
  Object.entries(citiesOf).flatMap(([zone, cities]) =>
    [...cities.split(','), ownCity(zone)].map((city) => [plain(city), zone] as const),
  ),
)

/**
 * @param city as a profile names it, in Russian, or in English where a zone is named after it
 * @returns the IANA name of its zone; undefined: a city that is not known here
 */
export const zoneOfCity = (city: string): string | undefined => zones.get(plain(city))
