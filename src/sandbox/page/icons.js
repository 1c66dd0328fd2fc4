/** Line icons on a 24 x 24 grid, drawn for this page. */
const paths = {
  send: 'M4.5 11.2 19.4 4.4c.6-.3 1.2.3 1 .9l-4.6 14.3c-.2.7-1.1.8-1.5.2l-3.2-5.1-5.4-2c-.7-.3-.8-1.2-.1-1.5ZM11 14.7l4.4-5',
  attach:
    'm20 11.4-7.9 7.9a5 5 0 0 1-7.1-7.1l8.3-8.2a3.4 3.4 0 0 1 4.8 4.7l-8.3 8.3a1.7 1.7 0 0 1-2.4-2.4l7.2-7.1',
  keyboard:
    'M4 5.5h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1ZM7 9.5h.1M12 9.5h.1M17 9.5h.1M7 14.5h10',
  menu: 'M4 7h16M4 12h16M4 17h10',
  more: 'M12 5.5h.1M12 12h.1M12 18.5h.1',
  back: 'm14.5 5-7 7 7 7',
  down: 'm5.5 9 6.5 6.5L18.5 9',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2',
  forward: 'm5.5 6 6 6-6 6M12.5 6l6 6-6 6',
  chevron: 'm7 10 5 5 5-5',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
  outside: 'M9 5h10v10M19 5 6 18',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  photo:
    'M5 5h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1ZM4.5 16.5l4.5-4.5 3.5 3.5 2.5-2.5 4.5 4.5M15.5 9h.1',
  sticker: 'M12 4a8 8 0 1 0 8 8c-4.5.5-8.5-3.5-8-8ZM12 4l8 8M8.5 13.5c1 1.8 3 2.5 5 1.8',
  voice:
    'M12 3.5a2.7 2.7 0 0 1 2.7 2.7v5a2.7 2.7 0 1 1-5.4 0v-5A2.7 2.7 0 0 1 12 3.5ZM6 11a6 6 0 0 0 12 0M12 17v3.5',
  video: 'M5 6.5h8.5a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1ZM14.5 11l5.5-3v8l-5.5-3',
  location:
    'M12 20.5s-6.5-5.6-6.5-10.7a6.5 6.5 0 0 1 13 0c0 5.1-6.5 10.7-6.5 10.7ZM12 12.2a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8Z',
  document:
    'M7 3.5h7l4.5 4.5v11.5a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1ZM14 3.5V8h4.5M9 12.5h6M9 16h4',
  contact: 'M12 11.5a3.7 3.7 0 1 0 0-7.5 3.7 3.7 0 0 0 0 7.5ZM4.5 20c.6-3.8 3.6-5.8 7.5-5.8s6.9 2 7.5 5.8',
  phone:
    'M6.5 4h3l1.4 4-2 1.5a11 11 0 0 0 5.6 5.6l1.5-2 4 1.4v3a1.5 1.5 0 0 1-1.6 1.5A15.5 15.5 0 0 1 5 5.6 1.5 1.5 0 0 1 6.5 4Z',
  download: 'M12 4v11M7 10.5l5 5 5-5M5 19.5h14',
  block: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM6.5 6.5l11 11',
  key: 'M14.5 13.5a4.5 4.5 0 1 0-4.2-2.8L4 17v3h3.5v-2.5H10V15l1.2-1.2c1 .4 2.2.4 3.3-.3ZM16 8h.1',
  spark: 'M12 3.5c.7 4.7 3.1 7.3 8 8.5-4.9 1.2-7.3 3.8-8 8.5-.7-4.7-3.1-7.3-8-8.5 4.9-1.2 7.3-3.8 8-8.5Z',
}

/** @typedef {keyof typeof paths} IconName */

/**
 * A decorative icon, hidden from screen readers: the button that holds it carries the name.
 * @param {IconName} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', `icon icon-${name}`)
  svg.setAttribute('aria-hidden', 'true')
  path.setAttribute('d', paths[name])
  svg.append(path)
  return svg
}
