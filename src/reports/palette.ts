/** The pictures' colours. They bring their own ground along, so they look the same in light and dark chats. */
export const palette = {
  paper: '#fdfbf9',
  panel: '#f4f0ed',
  ink: '#2a2430',
  muted: '#736b7a',
  line: '#e3dcd9',
  accent: '#8a3fa8',
  promoter: '#2f9a7d',
  passive: '#d8cec4',
  detractor: '#d8705c',
  demo: '#f3c969',
} as const
