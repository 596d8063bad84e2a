// The site in a real Chromium, as people meet it: phone and desktop, light and dark, with and
// without JavaScript. axe-core must find nothing, and the Nu checker no error in any page.
//
//	node test_browser.mjs PATH_TO_HALLE
import { readFileSync } from "node:fs";
import { join } from "node:path";
import zlib from "node:zlib";
import { check, makeSite, root, run, serve, startBrowser, valid, wait } from "./kit.mjs";

const cases = [];
const test = (name, body) => cases.push([name, body]);

const site = await serve(makeSite());
const { base } = site;
const { open, sound, close } = await startBrowser(site);

const firstLink = async (path, selector) => {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(base + path);
  const address = await page.locator(selector).first().getAttribute("href");
  await page.context().close();
  return address;
};

// What a person goes through, at each width and in each light.
for (const [name, viewport] of [["phone", { width: 390, height: 844 }],
  ["small phone", { width: 320, height: 640 }], ["desktop", { width: 1280, height: 900 }]]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`from home to a list with a filter, a resource and the agenda: ${name}, ${colorScheme}`,
      async () => {
        const page = await open({ viewport, colorScheme });
        await page.goto(base + "/");
        await sound(page, "home");
        check(await page.locator("h1").count() === 1, "one h1");

        await page.locator("input[name=q]").first().fill("coopératives");
        await page.locator("input[name=q]").first().press("Enter");
        await page.waitForURL(/\/ressources\?.*q=/);
        await sound(page, "list");

        const all = (await (await fetch(base + "/api/v1/resources?q=coop%C3%A9ratives")).json());
        const kind = all.facets.kind[0];
        await page.goto(`${base}/ressources?q=coop%C3%A9ratives&type=${kind.value}`);
        await sound(page, "list with a filter");
        const filtered = await (await fetch(
          `${base}/api/v1/resources?q=coop%C3%A9ratives&kind=${kind.value}`)).json();
        check(filtered.total === kind.count, "the count of the filter is what it gives");
        check((await page.locator("main").innerText()).includes(String(filtered.total)),
          "the list tells its count");

        await page.locator("main h2 a, main h3 a").first().click();
        await page.waitForURL(/\/ressources\/[a-z0-9-]+$/);
        await sound(page, "resource");

        await page.goto(base + "/agenda");
        await sound(page, "agenda");
        await page.locator("main a[href^='/agenda/']").first().click();
        await page.waitForURL(/\/agenda\/[a-z0-9-]+$/);
        await sound(page, "session");
        await page.context().close();
      });
  }
}

test("every other kind of page is sound too", async () => {
  const page = await open({ viewport: { width: 390, height: 844 } });
  const closed = (await (await fetch(base + "/api/v1/resources?access=members")).json()).items[0];
  const cycle = (await (await fetch(base + "/api/v1/sessions?limit=100")).json()).items
    .find((s) => s.cycle);
  for (const path of ["/collections", await firstLink("/collections", "main a[href^='/collections/']"),
    closed.url, "/cycles/" + cycle.cycle, "/annuaire",
    await firstLink("/annuaire", "main a[href^='/annuaire/']"), "/pages/accessibilite",
    "/pages/mentions-legales", "/ressources?q=zzzzzz", "/ressources?page=99", "/nulle-part",
    "/ressources?page=-1"]) {
    await page.goto(base + path);
    await sound(page, path);
  }
  await page.context().close();
});

test("at 200 % text and 320 px nothing overflows", async () => {
  const page = await open({ viewport: { width: 320, height: 640 } });
  for (const path of ["/", "/ressources", "/agenda"]) {
    await page.goto(base + path);
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"))
      .catch(() => {});
    const wide = await page.evaluate(() =>
      document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(wide <= 0, `${path}: ${wide} px too wide`);
  }
  await page.context().close();
});

test("without JavaScript one searches, filters, takes a filter away and turns pages", async () => {
  const page = await open({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
  await page.goto(base + "/ressources");
  const total = (await (await fetch(base + "/api/v1/resources")).json()).total;
  check(total > 15, "the demonstration has several pages");
  await page.goto(base + "/ressources?page=2");
  check(await page.locator("main h2 a, main h3 a").count() > 0, "the second page has entries");
  await page.goto(base + "/ressources?acces=members");
  const closed = (await (await fetch(base + "/api/v1/resources?access=members")).json()).total;
  check((await page.locator("main").innerText()).includes(String(closed)), "the count");
  await page.context().close();
});

test("the first press of the tab key leads to the text", async () => {
  const page = await open({ viewport: { width: 1280, height: 900 } });
  await page.goto(base + "/");
  await page.keyboard.press("Tab");
  const link = await page.evaluate(() => [document.activeElement.tagName,
    document.activeElement.getAttribute("href")]);
  check(link[0] === "A" && link[1].startsWith("#"), link);
  await page.keyboard.press("Enter");
  check(page.url().endsWith(link[1]), page.url());
  await page.context().close();
});

test("the key / reaches the search box, which does not take the focus by itself", async () => {
  const page = await open({ viewport: { width: 1280, height: 900 } });
  await page.goto(base + "/");
  check(await page.evaluate(() => document.activeElement === document.body), "no autofocus");
  await page.keyboard.press("/");
  check(await page.evaluate(() => document.activeElement.name) === "q", "the box has the focus");
  await page.context().close();
});

test("an article weighs less than 30 KB and asks for at most 6 things", async () => {
  for (const path of ["/", await firstLink("/ressources", "main h2 a, main h3 a")]) {
    const page = await open({});
    await page.goto(base + path, { waitUntil: "networkidle" });
    const asked = [...new Set(page.requests.filter((r) => !r.startsWith("data:")))];
    let weight = 0;
    for (const address of asked) {
      const body = Buffer.from(await (await fetch(address)).arrayBuffer());
      weight += zlib.gzipSync(body).length;
    }
    console.log(`# ${path}: ${weight} bytes compressed, ${asked.length} requests`);
    check(weight < 30 * 1024, `${path}: ${weight} bytes`);
    check(asked.length <= 6, asked);
    await page.context().close();
  }
});

// ---- the list, with a script ----

const heading = (page) => page.locator("#resultats").innerText();
const focused = (page, what) => page.evaluate((property) => {
  const element = document.activeElement;
  return element[property] ?? element.getAttribute(property);
}, what);
const told = (page) => page.locator("#annonce").innerText();
const asked = (page) => page.requests.filter((r) => r.startsWith(base + "/ressources?"));
const settled = (page) => page.waitForFunction(() => !document.querySelector("[aria-busy]"));
const desktop = { viewport: { width: 1280, height: 900 } };

const counted = async (query) =>
  (await (await fetch(`${base}/api/v1/resources?${query}`)).json()).total;

// A list of which the page is not loaded again: what is kept in it stays.
async function openList(query = "", options = desktop) {
  const page = await open(options);
  await page.goto(`${base}/ressources${query}`);
  await page.evaluate(() => {
    globalThis.stays = true;
    globalThis.voice = [];
    new MutationObserver(() => {
      const text = document.getElementById("annonce").textContent;
      if (text) globalThis.voice.push(text);
    }).observe(document.getElementById("annonce"), { childList: true, characterData: true, subtree: true });
  });
  return page;
}

// A letter each 30 ms of the page's own clock, then a pause, however busy the machine is.
async function typeAtOnce(page, box, words) {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  for (const letter of words) {
    await box.pressSequentially(letter);
    await page.clock.runFor(30);
  }
  await page.clock.runFor(1000);
  await page.clock.resume();
}

const stays = (page) => page.evaluate(() => globalThis.stays === true);

test("results come while one types, once for a pause, and the focus stays", async () => {
  const page = await openList();
  const title = await page.title(), steps = await page.evaluate(() => history.length);
  await typeAtOnce(page, page.locator("#q"), "emploi");
  await page.waitForURL(/\?q=emploi$/);
  await settled(page);
  check(await stays(page), "the page was not loaded again");
  check(asked(page).length === 1, asked(page));
  check(await page.evaluate(() => history.length) === steps, "typing adds no step to history");
  check((await heading(page)).startsWith(String(await counted("q=emploi"))), await heading(page));
  check(await page.locator(".entry mark").count() > 0, "what was found is marked");
  check(await page.title() !== title && (await page.title()).includes("emploi"), await page.title());
  check(await page.evaluate(() => document.querySelector("link[rel=canonical]").href)
    .then((h) => h.endsWith("?q=emploi")), "the canonical address follows");
  check(await focused(page, "id") === "q", "the focus stays in the box");
  check(await page.locator("#q").inputValue() === "emploi", "so do the words");
  const voice = await page.evaluate(() => globalThis.voice);
  check(voice.length === 1 && voice[0].startsWith(await heading(page)), voice);
  await sound(page, "after typing");
  await page.context().close();
});

test("one letter is not searched while one types, and is when the form is sent", async () => {
  const page = await openList();
  await page.locator("#q").press("s");
  await page.waitForTimeout(500);
  check(asked(page).length === 0, asked(page));
  await page.locator("#q").press("Enter");
  await page.waitForURL(/\?q=s$/);
  check(await stays(page), "the page was not loaded again");
  await page.context().close();
});

test("an answer that comes late is not shown", async () => {
  const page = await openList();
  let late = 0;
  await page.route(/\/ressources\?q=habitat$/, async (route) => {
    late++;
    await new Promise((r) => setTimeout(r, 900));
    await route.continue().catch(() => {});
  });
  await page.locator("#q").fill("habitat");
  await wait(() => late === 1, "the first was asked for");
  await page.locator("#q").fill("emploi");
  await page.waitForURL(/\?q=emploi$/);
  const shown = await heading(page);
  await page.waitForTimeout(1200);
  check(await heading(page) === shown && page.url().endsWith("?q=emploi"), "the second stays");
  check(await page.locator("#q").inputValue() === "emploi", "and its words");
  check(await stays(page), "in the same page");
  await page.context().close();
});

test("filters apply at once, by keyboard, and the focus stays on them", async () => {
  const page = await openList("?q=emploi");
  check(await page.locator(".apply button").isHidden(), "no button to apply them");
  const filter = page.locator(".filters input[name=type]").first();
  const value = await filter.getAttribute("value");
  await filter.focus();
  await page.keyboard.press("Space");
  await page.waitForURL(new RegExp(`q=emploi&type=${value}$`));
  await settled(page);
  check(await stays(page), "the page was not loaded again");
  check(await focused(page, "value") === value && await focused(page, "checked"), "the focus");
  check((await heading(page)).startsWith(String(await counted(`q=emploi&kind=${value}`))), "the count");
  check((await told(page)).startsWith(await heading(page)), await told(page));
  check(await page.locator(".chosen a").count() === 1, "it can be taken away");
  await page.keyboard.press("Space");
  await page.waitForURL(/\?q=emploi$/);
  await page.context().close();
});

test("a filter taken away leaves the focus on the next, then on the results", async () => {
  const page = await openList("?acces=public");
  await page.locator(".filters input[name=annee]").first().check();
  await page.waitForURL(/annee=/);
  await settled(page);
  check(await page.locator(".chosen li").count() === 3, "two filters, and both at once");
  await page.locator(".chosen a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.search.includes("&"));
  await settled(page);
  check(await page.evaluate(() => document.activeElement.matches(".chosen a")), "on the next one");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/ressources$/);
  await settled(page);
  check(await focused(page, "id") === "resultats", "then on the results");
  check(await stays(page), "the page was not loaded again");
  await page.context().close();
});

test("back and forward go through what was chosen", async () => {
  const page = await openList();
  const first = await heading(page);
  await page.locator("a[rel=next]").click();
  await page.waitForURL(/page=2$/);
  await settled(page);
  check(await focused(page, "id") === "resultats", "a page begins at its results");
  check(/2/.test(await told(page)), await told(page));
  const second = await page.locator(".entry h3").first().innerText();
  await page.locator("#q").fill("emploi");
  await page.waitForURL(/\?q=emploi$/);
  await settled(page);
  const found = await heading(page);
  await page.goBack();
  await wait(async () => await page.locator(".entry h3").first().innerText() === second, "page 2 again");
  check(page.url().endsWith("?page=2") && await page.locator("#q").inputValue() === "", page.url());
  await page.goBack();
  await wait(async () => !page.url().includes("?") && await heading(page) === first, "the first page");
  await page.goForward();
  await page.goForward();
  await wait(async () => await heading(page) === found, "forward again");
  check(await page.locator("#q").inputValue() === "emploi", "with its words");
  check(await stays(page), "the page was not loaded again");
  await page.context().close();
});

test("what was found is found again when one comes back from a resource", async () => {
  const page = await openList();
  await page.locator("#q").fill("emploi");
  await page.waitForURL(/\?q=emploi$/);
  await settled(page);
  const found = await heading(page);
  await page.locator(".entry h3 a").first().click();
  await page.waitForURL(/\/ressources\/[a-z0-9-]+$/);
  await page.goBack();
  await page.waitForURL(/\?q=emploi$/);
  check(await heading(page) === found && await page.locator("#q").inputValue() === "emploi", "the same");
  await page.context().close();
});

test("folded filters stay open, and a phone's panel too", async () => {
  const page = await openList("", { viewport: { width: 320, height: 640 } });
  await page.locator(".filters > summary").click();
  const fold = page.locator(".filters fieldset details").first();
  await fold.locator("summary").click();
  const filter = fold.locator("input").last();
  const value = await filter.getAttribute("value");
  await filter.focus();
  await page.keyboard.press("Space");
  await page.waitForURL(new RegExp(value));
  await settled(page);
  check(await focused(page, "value") === value, "the focus is where it was");
  check(await page.locator(".filters").evaluate((d) => d.open), "the panel is open");
  check(await page.locator(".filters fieldset details").first().evaluate((d) => d.open), "the fold too");
  check((await page.locator(".to-results a").innerText()).includes(await heading(page)), "a way to the results");
  await sound(page, "the panel of filters");
  await page.locator(".to-results a").click();
  check(await stays(page) && await focused(page, "id") === "resultats", "it leads there");
  await page.context().close();
});

test("where the network fails one searches as without a script", async () => {
  const page = await openList();
  const cut = (route) => route.request().resourceType() === "fetch" ? route.abort() : route.continue();
  await page.route(/\/ressources/, cut);
  const shown = await heading(page);
  await page.locator("#q").fill("emploi");
  await page.locator(".trouble").waitFor();
  check(await heading(page) === shown && await stays(page), "what was shown stays");
  check(await page.locator(".apply button").isVisible(), "filters can be applied");
  await page.locator("#q").press("Enter");
  await page.waitForURL(/\?q=emploi$/);
  check(!await stays(page), "the form was sent");
  await page.locator(".filters input[name=type]").first().check();
  await page.waitForURL(/type=/);
  check(await page.locator(".chosen a").count() === 1, "a filter as well");
  await page.context().close();
});

// ---- suggestions ----

const popup = (page) => page.locator("[role=listbox]");
const active = (page) => page.evaluate(() => {
  const box = document.activeElement, id = box.getAttribute("aria-activedescendant");
  const option = id && document.getElementById(id);
  return option ? { place: [...option.parentElement.children].indexOf(option), url: option.dataset.url,
    selected: option.getAttribute("aria-selected") } : null;
});

test("suggestions are chosen by keyboard", async () => {
  const page = await open(desktop);
  await page.goto(base + "/");
  check(await popup(page).isHidden(), "nothing opens by itself");
  const box = page.locator("#q");
  await typeAtOnce(page, box, "coop");
  await popup(page).waitFor();
  check(page.requests.filter((r) => r.includes("/suggest")).length === 1, "one request for a pause");
  const n = await popup(page).locator("[role=option]").count();
  check(n > 1 && n <= 8, n + " suggestions");
  check(await box.getAttribute("aria-expanded") === "true", "it says that it is open");
  check((await page.locator(".field [role=status]").innerText()).startsWith(String(n)), "and how many there are");
  check(await active(page) === null, "none is chosen before one does");
  await page.keyboard.press("ArrowDown");
  check((await active(page)).place === 0 && (await active(page)).selected === "true", "the first");
  await page.keyboard.press("ArrowUp");
  check(await active(page) === null, "the box again");
  await page.keyboard.press("ArrowUp");
  check((await active(page)).place === n - 1, "the last");
  await page.keyboard.press("Escape");
  check(await popup(page).isHidden() && await box.inputValue() === "coop", "closed, the words kept");
  check(await box.getAttribute("aria-expanded") === "false" && await active(page) === null, "and says so");
  await page.keyboard.press("ArrowDown");
  await popup(page).waitFor();
  await page.keyboard.press("Tab");
  check(await popup(page).isHidden() && await focused(page, "type") === "submit", "the tab key goes on");
  await box.focus();
  check(await popup(page).isHidden(), "the focus alone opens nothing");
  await page.keyboard.press("ArrowDown");
  await popup(page).waitFor();
  await page.keyboard.press("ArrowDown");
  const { url } = await active(page);
  await page.keyboard.press("Enter");
  await page.waitForURL(base + url);
  await page.context().close();
});

test("without a choice the enter key searches, and a click chooses", async () => {
  const page = await open(desktop);
  await page.goto(base + "/agenda");
  await page.locator("#q-haut").pressSequentially("coop", { delay: 30 });
  await popup(page).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/ressources\?q=coop$/);
  await page.goto(base + "/agenda");
  await page.locator("#q-haut").pressSequentially("coop", { delay: 30 });
  const option = popup(page).locator("[role=option]").nth(1);
  await option.waitFor();
  const url = await option.getAttribute("data-url");
  await option.click();
  await page.waitForURL(base + url);
  await page.context().close();
});

test("suggestions that come late are not shown", async () => {
  const page = await open(desktop);
  await page.goto(base + "/");
  let late = 0;
  await page.route(/suggest\?q=coop$/, async (route) => {
    late++;
    await new Promise((r) => setTimeout(r, 700));
    await route.continue().catch(() => {});
  });
  await page.locator("#q").fill("coop");
  await wait(() => late === 1, "they were asked for");
  await page.locator("#q").fill("zzzzzz");
  await page.waitForTimeout(1100);
  check(await popup(page).isHidden(), "what is typed now has none");
  await page.locator("#q").fill("coop");
  await wait(() => late === 2, "again");
  await page.locator("h1").click();
  await page.waitForTimeout(1000);
  check(await popup(page).isHidden(), "nothing opens where the focus is not");
  await page.context().close();
});

test("on the list a suggested word filters without a reload", async () => {
  const page = await openList();
  await page.locator("#q").pressSequentially("coop", { delay: 30 });
  await popup(page).waitFor();
  const option = popup(page).locator("[data-url^='/ressources?']").first();
  const url = await option.getAttribute("data-url");
  await option.click();
  await page.waitForURL(base + url);
  await settled(page);
  check(await stays(page), "the page was not loaded again");
  check(await focused(page, "id") === "resultats", "the focus is on the results");
  check(await page.locator("#q").inputValue() === "", "the filter stands for the words");
  check(await page.locator(".chosen a").count() === 1, "it can be taken away");
  await page.context().close();
});

for (const [name, viewport] of [["small phone", { width: 320, height: 640 }], ["desktop", desktop.viewport]]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`suggestions and marks are sound: ${name}, ${colorScheme}`, async () => {
      const page = await open({ viewport, colorScheme });
      for (const path of ["/", "/ressources", "/nulle-part"]) {
        await page.goto(base + path);
        await page.locator("#q").pressSequentially("coop", { delay: 30 });
        await popup(page).waitFor();
        await page.keyboard.press("ArrowDown");
        await sound(page, `${path} with suggestions`);
      }
      await page.goto(base + "/ressources?q=emploi");
      check(await page.locator(".entry mark").count() > 0, "what was found is marked");
      await sound(page, "marks");
      for (const q of ["emploi zzzzz", "zzzzz yyyyy", '"zzzzz"']) {
        await page.goto(`${base}/ressources?q=${encodeURIComponent(q)}`);
        await sound(page, q);
      }
      await page.context().close();
    });
  }
}

test("without JavaScript one searches in the same way", async () => {
  const page = await open({ ...desktop, javaScriptEnabled: false });
  await page.goto(base + "/ressources");
  check(await page.locator("[role=combobox], [role=listbox]").count() === 0, "no list that cannot open");
  await page.locator("#q").fill("emploi");
  await page.locator("#q").press("Enter");
  await page.waitForURL(/\?q=emploi$/);
  check(await page.locator(".entry mark").count() > 0, "what was found is marked");
  await page.locator(".filters input[name=type]").first().check();
  await page.locator(".apply button").click();
  await page.waitForURL(/type=/);
  await page.locator(".chosen a").first().click();
  await page.waitForURL(/\?q=emploi$/);
  await page.context().close();
});

test("the scripts are small", async () => {
  let size = 0;
  for (const name of ["site.js", "list.js"])
    size += zlib.gzipSync(readFileSync(join(root, "static", name))).length;
  console.log(`# ${size} bytes compressed`);
  check(size < 6 * 1024, size + " bytes");
});

test("the words of a closed text stand on no page", async () => {
  const all = (await (await fetch(base + "/api/v1/resources?access=members")).json()).items;
  check(all.length > 0, "there are closed resources");
  for (const item of all) {
    const told = site.halle("export", "jsonl").split("\n").filter(Boolean).map((l) => JSON.parse(l))
      .find((o) => o.type === "resource" && o.slug === item.slug);
    const words = told.body.replace(/<[^>]+>/g, "\n").split("\n").map((s) => s.trim())
      .filter((s) => s.length > 40);
    check(words.length > 0, item.slug + " has a body");
    const html = await (await fetch(base + item.url)).text();
    for (const sentence of words) check(!html.includes(sentence.slice(0, 40)), sentence);
  }
});

test("the Nu checker finds no error in any page", async () => {
  const map = await (await fetch(base + "/sitemap.xml")).text();
  const paths = [...map.matchAll(/<loc>[^<]*?:\d+([^<]*)<\/loc>/g)].map((m) => m[1] || "/");
  check(paths.length > 60, paths.length + " addresses in the sitemap");
  paths.push("/ressources?q=emploi", "/nulle-part", "/ressources?page=-1");
  const pages = [];
  for (const path of paths) pages.push([path, await (await fetch(base + path)).text()]);
  valid(site, pages);
});

await run(cases, async () => {
  await close();
  await site.stop();
});
