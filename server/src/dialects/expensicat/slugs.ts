// Names as parts of addresses.

/** Lower-case letters and digits of a name with hyphens between; `fallback` for a name that has none. */
export function slugOf(name: string, fallback: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{Mark}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return slug === '' ? fallback : slug
}
