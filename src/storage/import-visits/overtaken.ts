/** Somebody changed what was about to be written: a client met their chat, was merged or forgotten; a visit was taken back. */
export class Overtaken extends Error {}
