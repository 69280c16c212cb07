// Countries by their two letters and by their English name.

const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

// Regions with a name of two letters that are no countries: the European Union, the United Nations, no region at all.
const noCountries: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'])

/** The English name of a country by its two capital letters; undefined when there is none. */
export function countryName(code: string): string | undefined {
  return /^[A-Z]{2}$/.test(code) && !noCountries.has(code) ? english.of(code) : undefined
}

let codes: ReadonlyMap<string, string> | undefined

/** The two letters of a country, from themselves or from its English name, in any letter case. */
export function countryCode(text: string): string | undefined {
  const capitals = text.trim().toUpperCase()
  if (countryName(capitals) !== undefined) return present(capitals)
  codes ??= new Map(allCodes())
  return codes.get(capitals)
}

// Codes that were withdrawn, such as those of countries that are one today, and `UK`.
function present(code: string): string {
  return new Intl.Locale(`und-${code}`).region ?? code
}

function* allCodes(): Generator<[name: string, code: string]> {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = countryName(code)
    if (name !== undefined) yield [name.toUpperCase(), present(code)]
  }
}
