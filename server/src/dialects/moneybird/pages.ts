// Pages by number: what is asked for, and the links to the pages beside.

import { maxOffset } from '../../core/page.ts'
import { type Call, parameter } from './call.ts'
import { Refused, symbolic } from './errors.ts'

/** A page as it was asked for. */
export type Page = { readonly number: number; readonly size: number; readonly offset: number }

/** How a resource words its refusals: those of before, or those that carry symbols. */
export type PageWords = 'older' | 'newer'

const maxSize = 100

/** Reads `page` and `per_page`. `size` is the resource's own when none is asked for. */
export function parsePage(call: Call, size: number, words: PageWords = 'older'): Page {
  const perPage = parameter(call, 'per_page')
  const page = parameter(call, 'page')
  if (perPage !== undefined && !/^\d{1,9}$/.test(perPage)) {
    throw new Refused(
      symbolic(
        400,
        words === 'older'
          ? 'per_page does not have a valid value'
          : 'per_page is invalid, per_page does not have a valid value',
      ),
    )
  }
  const wanted = perPage === undefined ? size : Number(perPage)
  if (wanted < 1 || wanted > maxSize) throw new Refused(symbolic(400, 'per_page does not have a valid value'))
  const number = page === undefined ? 1 : /^-?\d{1,15}$/.test(page) ? Number(page) : Number.NaN
  if (Number.isNaN(number) || number < 1) {
    throw new Refused(
      words === 'newer' && number < 1
        ? symbolic(400, 'Page is too small', { page: 'min' })
        : symbolic(400, 'page does not have a valid value'),
    )
  }
  return { number, size: wanted, offset: (number - 1) * wanted }
}

/** The part of a query that asks for a page; undefined for one so far out that nothing can be there. */
export function slice({
  size,
  offset,
}: Page): { readonly limit: number; readonly offset: number } | undefined {
  return offset > maxOffset ? undefined : { limit: size, offset }
}

/**
 * The headers of a page. `next` stands before `prev`: a Singer tap follows the first address whatever it is called. The
 * last page has no `next`; clients stop there.
 */
export function pageHeaders(
  { number, size }: Page,
  total: number,
  pageUrl: (page: number) => string,
): Readonly<Record<string, string>> {
  const links = [
    ...(number * size < total ? [`<${pageUrl(number + 1)}>; rel="next"`] : []),
    ...(number > 1 ? [`<${pageUrl(number - 1)}>; rel="prev"`] : []),
  ]
  return { 'x-total-count': String(total), ...(links.length === 0 ? {} : { link: links.join(', ') }) }
}

/** The address of a page from that of a request: all parameters stay, the page alone is another one. */
export function pageAddress(origin: string, url: string, page: number): string {
  const [path = '', query = ''] = url.split(/\?(.*)/s)
  const kept = query.split('&').filter((part) => part !== '' && !/^page(?:=|$)/.test(part))
  const address = `${origin}${path}?${[...kept, `page=${page}`].join('&')}`
  return address.replace(/[^\x21-\x7e]|[<>"]/g, (character) => encodeURIComponent(character))
}
