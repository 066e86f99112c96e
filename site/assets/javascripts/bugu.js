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

/* --- a building among all: the list of links gives way to two choices, and the rest of the page to the chosen one ----- */

function setUpFinder(form) {
  const compound = document.getElementById("finder-compound")
  const house = document.getElementById("finder-house")
  const said = document.getElementById("finder-said")
  const areas = Array.from(document.querySelectorAll(".area"))
  const headingOf = area => area.querySelector("h2")
  const housesOf = area => Array.from(area.querySelectorAll(".house"))
  const nameOf = element => element.querySelector("h2, h3").firstChild.data.trim()

  const offer = area => {
    house.replaceChildren(new Option(area ? house.dataset.next : house.dataset.first, ""))
    if (area) for (const h of housesOf(area)) house.append(new Option(nameOf(h).replace(nameOf(area), ""), h.id))
    house.disabled = !area
  }
  const show = () => {
    const area = areas.find(a => headingOf(a).id === compound.value)
    const chosen = house.value && document.getElementById(house.value)
    for (const a of areas) {
      a.hidden = Boolean(area) && a !== area
      for (const h of housesOf(a)) h.hidden = Boolean(chosen) && h !== chosen
    }
    if (chosen) said.textContent = said.dataset.house.replace("{name}", nameOf(chosen)).replace("{told}", chosen.dataset.told)
    else if (area) said.textContent = said.dataset.area.replace("{name}", nameOf(area)).replace("{n}", housesOf(area).length)
    else said.textContent = ""
  }
  const read = () => {
    const meant = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    const area = meant && meant.closest(".area")
    if (!area) return show()
    compound.value = headingOf(area).id
    offer(area)
    house.value = meant.matches(".house") ? meant.id : ""
    show()
    meant.scrollIntoView()
  }

  form.addEventListener("submit", event => event.preventDefault())
  compound.addEventListener("change", () => {
    offer(areas.find(a => headingOf(a).id === compound.value))
    history.replaceState(history.state, "", compound.value ? "#" + compound.value : location.pathname)
    show()
  })
  house.addEventListener("change", () => {
    history.replaceState(history.state, "", "#" + (house.value || compound.value))
    show()
  })
  addEventListener("hashchange", read)
  form.hidden = false
  document.getElementById("finder-index").hidden = true
  compound.value = ""
  offer()
  read()
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

/* --- a text to paste elsewhere: marked by hand, or copied by a button ------------------------------------------------ */

function setUpCopying(button) {
  const text = document.getElementById(button.dataset.copies)
  const said = button.nextElementSibling
  const marked = () => {
    text.focus()
    text.select()
    try { return document.execCommand("copy") } catch (refused) { return false }
  }
  button.addEventListener("click", async () => {
    let done = false
    try {
      await navigator.clipboard.writeText(text.value)
      done = true
    } catch (refused) { done = marked() } /* an old phone, or an address without https */
    said.textContent = done ? button.dataset.done : button.dataset.failed
  })
  text.addEventListener("focus", () => text.select())
  button.hidden = false
}

/* --- a place that is folded away: a link to it opens what it lies in -------------------------------------------------- */

function openMeant() {
  const meant = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  let opened = false
  for (let fold = meant && meant.closest("details:not([open])"); fold; fold = meant.closest("details:not([open])")) {
    fold.open = opened = true
  }
  if (opened) meant.scrollIntoView()
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
const finder = document.getElementById("finder")
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
if (finder) setUpFinder(finder)
if (big) setUpLargeLetters(big)
showWhere()
setUpDrawer(document.getElementById("__drawer"))
openFoldsOnEnter()
hearEveryInput(document.querySelector(".md-search__input"))
document.querySelectorAll("[data-copies]").forEach(setUpCopying)
openForPrint()
openMeant()
addEventListener("hashchange", openMeant)
tellWideTables()
