export const exportFormats = ['xlsx', 'csv'] as const

export const exportedThings = ['survey', 'segments'] as const

export interface ExportFlags {
  /** The answers, or the segments. Default: the answers. */
  what?: (typeof exportedThings)[number]
  /** Folder, made when it is not there. Default: the current one. */
  out?: string
  format?: (typeof exportFormats)[number]
}
