// Moneybird's ids are our own, in decimal.

/** Reads an id. Answers undefined for anything that is no positive integer below 2^53. */
export function parseId(text: string): number | undefined {
  if (!/^[1-9]\d{0,15}$/.test(text)) return undefined
  const id = Number(text)
  return Number.isSafeInteger(id) ? id : undefined
}

/** An id of a path. What cannot be read is 0, which nothing has. */
export function idOrNone(text: string | undefined): number {
  return (text === undefined ? undefined : parseId(text)) ?? 0
}
