export const exportFormats = ['xlsx', 'csv'] as const

export interface ExportFlags {
  /** Folder, made when it is not there. Default: the current one. */
  out?: string
  format?: (typeof exportFormats)[number]
}
