/** A file on its way to a chat. */
export interface OutgoingFile {
  /** Of ASCII letters, digits, ".", "-", "_". */
  name: string
  content: Uint8Array
}

/**
 * The name, if it arrives as it is. grammY doesn't quote names: others break the multipart body, and the receiver drops the
 * file; so the rule holds for all.
 * @throws Error otherwise
 */
export function checkedName(name: string): string {
  if (!/^[\w.-]+$/.test(name))
    throw new Error(`A file's name must be of ASCII letters, digits, ".", "-", "_"`)
  return name
}
