/* The search's web worker: it stands in the place of Material's and speaks to Material's own search box.

   A query is one or more terms with white space between them; a page is a result when each term stands in it,
   anywhere in a sentence, exactly. Files and formats: generator/search.py, which writes them; why:
   docs/decisions/0003-search-by-bigrams.md. Material puts titles and texts into the page as HTML: what leaves here
   is escaped. Written for phones some years old: nothing newer than ES2018. */

"use strict"

const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3 /* Material's message types */

const ROOT = new URL("../../search/", self.location.href)
const EXCERPTS = 15 /* results shown with an excerpt: Material draws ten before the reader scrolls */
const FILES = 80 /* files of titles for one query: all results of a site of 2,000 pages, some 150 KB of a larger one */
const BEFORE = 24, AFTER = 72 /* characters of an excerpt, before and after the first match */
const PATIENCE = 200 /* ms to wait for a second character: one alone needs many files */

/* --- how words are compared: the same as fold in search.py ------------------------------------------------------- */

const DROPPED = /[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}\ud800-\udfff]/gu
const SPACE = /[\u0000-\u0020\u007f-\u009f\u1680\u2028\u2029]+/g

function fold(text) {
  const lower = text.replace(DROPPED, "").normalize("NFKC").toLowerCase().replace(/ς/g, "σ")
  return lower.normalize("NFKC").replace(SPACE, " ")
}

function termsOf(query) {
  return Array.from(new Set(fold(query).split(" "))).filter(Boolean)
}

/* --- files -------------------------------------------------------------------------------------------------------- */

let loaded = new Map() /* path → promise of what is in it */
let index /* promise of the manifest and the table of pages */

function load(path, read, options) {
  if (!loaded.has(path)) {
    const promise = fetch(new URL(path, ROOT), options).then(response => {
      if (!response.ok) throw new Error(`${response.status} ${path}`)
      return read(response)
    })
    loaded.set(path, promise)
    promise.catch(() => loaded.delete(path))
  }
  return loaded.get(path)
}

const asJSON = response => response.json()

async function loadIndex(options) {
  const manifest = await load("manifest.json", asJSON, options)
  const inner = {
    ...manifest,
    firsts: manifest.grams.map(rank),
    lists: path => load(`${manifest.stamp}/${path}`, async r => listsOf(await r.arrayBuffer(), manifest.length)),
    rows: (folder, n) => load(`${manifest.stamp}/${folder}/${n}.json`, asJSON)
  }
  const pages = await inner.lists("pages.bin")
  return { ...inner, starts: pages.get("starts"), bodies: pages.get("bodies") }
}

/* A file of lists: a line of JSON with names and counts, then the gaps between the places of each list. */
function listsOf(buffer, length) {
  const bytes = new Uint8Array(buffer)
  const end = bytes.indexOf(10)
  const [names, counts] = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)))
  const lists = new Map()
  let at = end + 1
  names.forEach((name, i) => {
    const list = new Uint32Array(counts[i])
    at = fillPlaces(list, bytes, at, widthOf(counts[i], length))
    lists.set(name, list)
  })
  return lists
}

function widthOf(count, length) {
  return count * 40 >= length ? 1 : count * 8192 >= length ? 2 : 3
}

function fillPlaces(list, bytes, at, width) {
  const full = 256 ** width - 1
  let place = 0
  for (let n = 0; n < list.length; at += width) {
    let gap = 0
    for (let i = width; i--; ) gap = gap * 256 + bytes[at + i]
    place += gap
    if (gap < full) list[n++] = place /* else: go on by that much, nothing stands here */
  }
  return at
}

/* --- where a term stands ------------------------------------------------------------------------------------------ */

/* Python orders strings by code points, JavaScript by halves of them: compare numbers instead. */
function rank(gram) {
  const [a, b] = Array.from(gram, character => character.codePointAt(0))
  return a * 0x110000 + (b || 0)
}

function fileOf(firsts, wanted) {
  let low = 0, high = firsts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (firsts[middle] <= wanted) low = middle + 1
    else high = middle
  }
  return low - 1
}

async function placesOf(gram, { firsts, grams, alone, lists }) {
  const file = fileOf(firsts, rank(gram))
  const isNowhere = file < 0 || (grams[file] !== gram && alone.includes(file))
  return (!isNowhere && (await lists(`grams/${file}.bin`)).get(gram)) || new Uint32Array(0)
}

async function placesOfCharacter(character, { firsts, lists }) {
  const files = []
  for (let n = Math.max(0, fileOf(firsts, rank(character))); n <= fileOf(firsts, rank(`${character}\u{10ffff}`)); n++)
    files.push(lists(`grams/${n}.bin`))
  const places = []
  for (const file of await Promise.all(files))
    for (const [gram, list] of file)
      if (gram.startsWith(character)) places.push(list)
  return joined(places).sort()
}

function joined(lists) {
  const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0))
  let at = 0
  for (const list of lists) {
    all.set(list, at)
    at += list.length
  }
  return all
}

/* Where a term begins: its pairs, every second one and the last, stand at their distances from that place. */
async function placesOfTerm(term, known) {
  const characters = Array.from(term)
  if (characters.length === 1) return placesOfCharacter(term, known)
  const offsets = []
  for (let at = 0; at < characters.length - 2; at += 2) offsets.push(at)
  offsets.push(characters.length - 2)
  const pairs = await Promise.all(offsets.map(async offset => ({
    offset, places: await placesOf(characters[offset] + characters[offset + 1], known)
  })))
  pairs.sort((a, b) => a.places.length - b.places.length)
  const begins = pairs[0].places.map(place => place - pairs[0].offset)
  return pairs.slice(1).reduce(keepWhere, begins)
}

function keepWhere(begins, { offset, places }) {
  let at = 0
  return begins.filter(begin => {
    while (at < places.length && places[at] < begin + offset) at++
    return places[at] === begin + offset
  })
}

/* --- which pages -------------------------------------------------------------------------------------------------- */

/* page → { title: terms in the title, count: occurrences, first: earliest place in the page } */
function pagesOf(places, { starts, bodies }) {
  const pages = new Map()
  let page = 0
  for (const place of places) {
    while (page + 1 < starts.length && starts[page + 1] <= place) page++
    const seen = pages.get(page)
    if (seen) seen.count++
    else pages.set(page, { page, title: +(place < bodies[page]), count: 1, first: place - starts[page] })
  }
  return pages
}

function inBoth(some, others) {
  const both = new Map()
  for (const [page, a] of some) {
    const b = others.get(page)
    if (b) both.set(page, {
      page, title: a.title + b.title, count: a.count + b.count, first: Math.min(a.first, b.first)
    })
  }
  return both
}

/* All pages in which every term stands, best first: more terms in the title, more often, earlier, as they were given. */
async function hitsOf(terms, known) {
  const perTerm = await Promise.all(terms.map(async term => pagesOf(await placesOfTerm(term, known), known)))
  const hits = Array.from(perTerm.reduce(inBoth).values())
  return hits.sort((a, b) => b.title - a.title || b.count - a.count || a.first - b.first || a.page - b.page)
}

/* --- what is shown ------------------------------------------------------------------------------------------------ */

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }
const escaped = text => text.replace(/[&<>"']/g, character => ESCAPES[character])

const CLUSTER = /[^][\u0300-\u036f\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f]*/gu

const UNCHANGED = /^[0-9a-z\u3400-\u9fff]$/ /* most of a page: fold leaves it as it is */

/* The text folded character by character, and for each folded UTF-16 unit the stretch it came from. */
function traced(text) {
  const from = []
  let folded = ""
  text.replace(CLUSTER, (cluster, index) => {
    const piece = UNCHANGED.test(cluster) ? cluster : fold(cluster)
    for (let i = 0; i < piece.length; i++) from.push([index, index + cluster.length])
    folded += piece
  })
  return { folded, from }
}

/* Stretches [begin, end] of the text that are one of the terms, in order. */
function matches(text, terms) {
  const { folded, from } = traced(text)
  const found = []
  for (const term of terms)
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length))
      found.push([from[at][0], from[at + term.length - 1][1]])
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1])
}

function marked(text, terms) {
  let html = "", at = 0
  for (const [begin, end] of matches(text, terms)) {
    if (end <= at) continue
    const start = Math.max(begin, at)
    html += `${escaped(text.slice(at, start))}<mark>${escaped(text.slice(start, end))}</mark>`
    at = end
  }
  return html + escaped(text.slice(at))
}

/* What stands around the first match; no character is cut in two. */
function excerpt(text, terms) {
  const [begin, end] = matches(text, terms)[0] || [0, 0]
  const before = Array.from(text.slice(0, begin)), after = Array.from(text.slice(end))
  const head = before.length > BEFORE ? `…${before.slice(-BEFORE).join("")}` : before.join("")
  const tail = after.length > AFTER ? `${after.slice(0, AFTER).join("")}…` : after.join("")
  return marked((head + text.slice(begin, end) + tail).replace(/\s+/g, " "), terms)
}

/* Material hands these on to the page that is opened; its highlighter needs them as they are written there, and splits
   them at the signs left out here. */
function highlights(text, terms) {
  const words = {}
  const written = matches(text, terms).map(([begin, end]) => text.slice(begin, end))
  for (const match of written.length ? written : terms)
    for (const word of match.split(/[\s*+\-:~^]+/)) if (word) words[word] = true
  return words
}

/* The hits whose titles cost few enough files, best first; what stands in a file that is loaded anyway costs nothing. */
function affordable(hits, { names }) {
  const files = new Set()
  return hits.filter(({ page }, n) => {
    if (n < EXCERPTS) return true
    const file = Math.floor(page / names)
    if (files.size < FILES) files.add(file)
    return files.has(file)
  })
}

/* One item a page. The first ones come with an excerpt; the others cost only their addresses and titles. */
async function itemsOf(hits, terms, { rows, texts, names }) {
  return Promise.all(hits.map(async ({ page }, n) => {
    const [location, title, text] = n < EXCERPTS
      ? (await rows("texts", Math.floor(page / texts)))[page % texts]
      : (await rows("names", Math.floor(page / names)))[page % names]
    return [{
      location,
      title: marked(title || location, terms),
      text: text ? excerpt(text, terms) : "",
      score: hits.length - n, /* Enter opens the highest */
      terms: highlights(`${title}\n${text || ""}`, terms)
    }]
  }))
}

/* A sentence in the place of a result; it leads back to the same search. */
function remark(sentence, query) {
  const location = `?q=${encodeURIComponent(query)}`
  return sentence ? [[{ location, title: escaped(sentence), text: "", score: 0, terms: {} }]] : []
}

/* --- Material's messages ------------------------------------------------------------------------------------------ */

let latest = 0
let words = {} /* what readers are told, from search_index.json */

async function search(query, isStale) {
  const terms = termsOf(query)
  if (terms.some(term => Array.from(term).length === 1)) {
    await new Promise(resolve => setTimeout(resolve, PATIENCE))
    if (isStale()) return nothing
  }
  try {
    return await find(query, terms, isStale)
  } catch (error) {
    if (isStale()) return nothing
    forget()
    return find(query, terms, isStale, { cache: "reload" }) /* the site may have been renewed meanwhile */
  }
}

const nothing = { items: [], total: 0 }

async function find(query, terms, isStale, options) {
  if (!terms.length) return nothing
  index = index || loadIndex(options)
  const known = await index
  const hits = await hitsOf(terms, known)
  if (isStale()) return nothing
  const listed = affordable(hits, known)
  const items = await itemsOf(listed, terms, known)
  const more = hits.length - listed.length
  if (more) items.push(...remark((words.more || "").replace("{count}", more), query))
  return { items, total: hits.length }
}

function forget() {
  loaded = new Map()
  index = undefined
}

/* Whatever happens there is an answer. A search that could not be done is not one without results: we say so. */
async function answer(query) {
  const turn = ++latest
  const isStale = () => turn !== latest
  let data
  try {
    data = await search(query, isStale)
  } catch (error) {
    forget()
    data = { items: remark(words.unreachable, query), total: 0 }
  }
  if (!isStale()) postMessage({ type: RESULT, data })
}

addEventListener("message", ({ data: { type, data } }) => {
  if (type === QUERY) answer(data)
  if (type === SETUP) {
    words = (data && data.config && data.config.words) || {}
    postMessage({ type: READY })
  }
})
