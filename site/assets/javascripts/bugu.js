/* What a page gains where scripts run; without them everything can be read and reached all the same.
   The words are the templates', in data attributes and a template element. ES2018: phones some years old. */

"use strict"

/* --- days left: a page built last week is right today ------------------------------------------------------------- */

const DAY = 86400000

/* Today in the neighbourhood as YYYY-MM-DD, or the day that a demonstration stands still on. */
function today() {
  const fixed = document.querySelector('meta[name="bugu-today"]')
  return fixed ? fixed.content : new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(new Date())
}

/* The day to count from: a phone whose clock is behind does not go back before the page was made. */
function since(element, day) {
  const made = element.closest("[data-built]")
  return made && made.dataset.built > day ? made.dataset.built : day
}

function countDays(day) {
  const between = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY)
  for (const mark of document.querySelectorAll(".left[data-until]")) {
    const { from, until, soon, days, last, over } = mark.dataset
    const now = since(mark, day)
    const left = between(now, until)
    const words = now < from ? soon.replace("{n}", between(now, from)) : left < 0 ? over : left ? days.replace("{n}", left) : last
    if (mark.textContent !== words) mark.textContent = words
    mark.classList.toggle("left--over", left < 0)
  }
  for (const card of document.querySelectorAll(".card--posted[data-from]")) placeCard(card, since(card, day))
  for (const list of document.querySelectorAll("[data-holds]")) showList(list)
}

/* What has ended stands below what runs; what has begun, among it. */
function placeCard(card, day) {
  const { from, until } = card.dataset
  const stands = day < from ? "upcoming" : until && day > until ? "over" : "running"
  const list = card.parentElement
  if (stands === "over" && !card.classList.contains("card--over")) list.append(card)
  card.classList.toggle("card--over", stands === "over")
  const wanted = document.querySelector('[data-holds="' + stands + '"]')
  if (!list.dataset.holds || !wanted || wanted === list) return
  const later = Array.from(wanted.children).find(other => (other.dataset.until || "9999") > (until || "9999"))
  wanted.insertBefore(card, later || null)
}

function showList(list) {
  const empty = !list.children.length
  const none = list.parentElement.querySelector(".none")
  if (none) none.hidden = !empty
  else list.parentElement.hidden = empty
}

/* --- the list of matters, narrowed by all four choices together --------------------------------------------------- */

function setUpFilter(form) {
  const selects = Array.from(form.elements).filter(element => element.name)
  const rows = Array.from(document.querySelectorAll("#rows > .row"))
  const said = document.getElementById("filter-count")

  const chosen = () => new URLSearchParams(selects.filter(s => s.value).map(s => [s.name, s.value]))
  const read = () => {
    const asked = new URLSearchParams(location.search)
    for (const select of selects) {
      const wanted = asked.get(select.name)
      if (wanted !== null || !form.dataset.all) select.value = wanted || ""
      if (select.selectedIndex < 0) select.value = ""
    }
  }
  const show = () => {
    const narrowed = selects.some(s => s.value)
    let count = 0
    for (const row of rows) {
      row.hidden = selects.some(s => s.value && row.dataset[s.name] !== s.value)
      if (!row.hidden) count++
    }
    said.textContent = !narrowed ? "" : count ? said.dataset.some.replace("{n}", count) : said.dataset.none
  }

  form.addEventListener("submit", event => event.preventDefault())
  form.addEventListener("change", () => {
    const query = chosen().toString()
    if (form.dataset.all) location.assign(form.dataset.all + (query && "?" + query))
    else {
      history.replaceState(history.state, "", query ? "?" + query : location.pathname)
      show()
    }
  })
  addEventListener("pageshow", () => { read(); show() })
  read()
  show()
  form.hidden = false
  document.getElementById("facets").hidden = true
}

/* --- large letters, remembered ------------------------------------------------------------------------------------- */

function setUpLargeLetters(template) {
  const root = document.documentElement
  const button = template.content.firstElementChild.cloneNode(true)
  const press = big => {
    root.classList.toggle("big", big)
    button.setAttribute("aria-pressed", String(big))
  }
  button.addEventListener("click", () => {
    const big = !root.classList.contains("big")
    press(big)
    try { localStorage.setItem("bugu-big", big ? "yes" : "no") } catch (refused) { /* for this page only, then */ }
  })
  press(root.classList.contains("big"))
  document.querySelector(".md-header__title").after(button)
}

/* --- the drawer and the folds of the navigation by keyboard -------------------------------------------------------- */

/* Material opens the drawer by a label, which no key reaches: a button takes its place. */
function setUpDrawer(drawer) {
  const label = document.querySelector('.md-header label[for="__drawer"]')
  const button = document.createElement("button")
  const tell = () => button.setAttribute("aria-expanded", String(drawer.checked))
  button.type = "button"
  button.className = "md-header__button md-icon drawer-button"
  button.setAttribute("aria-label", drawer.getAttribute("aria-label"))
  button.append(...label.childNodes)
  label.replaceWith(button)
  button.addEventListener("click", () => {
    drawer.click()
    if (drawer.checked) document.querySelector(".md-nav--primary .md-nav__title a").focus()
  })
  drawer.addEventListener("change", tell)
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !drawer.checked) return
    drawer.click()
    button.focus()
  })
  tell()
}

function openFoldsOnEnter() {
  for (const toggle of document.querySelectorAll(".md-nav__toggle"))
    toggle.addEventListener("keydown", event => { if (event.key === "Enter") toggle.click() })
}

/* A record has no line of its own in the navigation: show the one it belongs to. */
function showWhere() {
  if (document.querySelector(".md-nav--primary .md-nav__link--active")) return
  const home = document.querySelector(".md-nav--primary .md-nav__title a")
  const links = Array.from(document.querySelectorAll(".md-nav--primary a.md-nav__link"))
    .filter(link => location.href.startsWith(link.href) && home && link.href !== home.href)
    .sort((a, b) => b.href.length - a.href.length)
  if (!links.length) return
  links[0].classList.add("md-nav__link--within")
  links[0].setAttribute("aria-current", "true")
  for (let item = links[0].closest(".md-nav__item--nested"); item; item = item.parentElement.closest(".md-nav__item--nested"))
    item.querySelector(".md-nav__toggle").checked = true
}

/* --- search: Material listens for keys, but handwriting, speech and pasting press none ------------------------------- */

function hearEveryInput(query) {
  const tell = event => { if (!event.isComposing) query.dispatchEvent(new KeyboardEvent("keyup")) }
  query.addEventListener("input", tell)
  query.addEventListener("compositionend", tell)
}

/* --- a table wider than the page says that it can be moved ----------------------------------------------------------- */

function tellWideTables() {
  const tables = Array.from(document.querySelectorAll(".scroll[data-cue]"))
  const tell = region => region.classList.toggle("scroll--over", region.scrollWidth > region.clientWidth + 1)
  tables.forEach(tell)
  if (!window.ResizeObserver) return
  const sizes = new ResizeObserver(entries => entries.forEach(entry => tell(entry.target)))
  tables.forEach(region => sizes.observe(region))
}

/* --- paper ---------------------------------------------------------------------------------------------------------- */

function openForPrint() {
  let shut = []
  addEventListener("beforeprint", () => {
    shut = Array.from(document.querySelectorAll("details:not([open])"))
    for (const details of shut) details.open = true
  })
  addEventListener("afterprint", () => { for (const details of shut) details.open = false })
}

/* --------------------------------------------------------------------------------------------------------------------- */

const filter = document.getElementById("filter")
const big = document.getElementById("big-switch")
let counted = ""
function countAgain() {
  const day = today()
  if (day !== counted) countDays(counted = day)
}
countAgain()
setInterval(countAgain, 60000) /* a page left open over night, in sight */
document.addEventListener("visibilitychange", countAgain) /* or out of sight, where timers may sleep */
addEventListener("pageshow", countAgain)
if (filter) setUpFilter(filter)
if (big) setUpLargeLetters(big)
showWhere()
setUpDrawer(document.getElementById("__drawer"))
openFoldsOnEnter()
hearEveryInput(document.querySelector(".md-search__input"))
openForPrint()
tellWideTables()
