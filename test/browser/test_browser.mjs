// The site in a real Chromium, as people meet it: phone and desktop, light and dark, with and
// without JavaScript. axe-core must find nothing, and the Nu checker no error in any page.
//
//	node test_browser.mjs PATH_TO_HALLE
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const halle = resolve(process.argv[2] ?? join(root, "build/halle"));
const axe = readFileSync(join(here, "node_modules/axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "halle-browser-"));
const cases = [];
let failed = 0;

const test = (name, run) => cases.push({ name, run });

function check(truth, what) {
  if (!truth) throw new Error(typeof what === "string" ? what : JSON.stringify(what));
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

async function serve() {
  const port = await freePort();
  const run = (...words) => execFileSync(halle, [...words, "--data", folder]);
  run("import", "jsonl", join(root, "content/demonstration.jsonl"), "--relative");
  const child = spawn(halle, ["serve", "--data", folder, "--listen", `127.0.0.1:${port}`], {
    stdio: ["ignore", "ignore", "ignore"],
  });
  const base = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 100; i++) {
    try {
      if ((await fetch(base + "/sante")).ok) return { base, child };
    } catch {
      await new Promise((r) => setTimeout(r, 50));
    }
  }
  throw new Error("the server does not answer");
}

const { base, child } = await serve();
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// A page that fails the test when it asks another host for anything, or breaks its own policy.
async function open(options) {
  const context = await browser.newContext({ locale: "fr-FR", ...options });
  const page = await context.newPage();
  page.problems = [];
  page.requests = [];
  page.on("request", (r) => {
    page.requests.push(r.url());
    if (!r.url().startsWith(base) && !r.url().startsWith("data:")) {
      page.problems.push("asked another host: " + r.url());
    }
  });
  page.on("console", (m) => {
    if (m.type() === "error" && !/status of 40[04]/.test(m.text())) page.problems.push(m.text());
  });
  page.on("pageerror", (e) => page.problems.push(String(e)));
  return page;
}

async function sound(page, what) {
  check(page.problems.length === 0, `${what}: ${page.problems.join("; ")}`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }));
  check(violations.length === 0, `${what}: ` + JSON.stringify(violations.map((v) =>
    [v.id, v.nodes.map((n) => n.html.slice(0, 160))])));
  const wide = await page.evaluate(() =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(wide <= 0, `${what}: ${wide} px wider than the screen`);
}

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

test("the words of a closed text stand on no page", async () => {
  const all = (await (await fetch(base + "/api/v1/resources?access=members")).json()).items;
  check(all.length > 0, "there are closed resources");
  for (const item of all) {
    const told = execFileSync(halle, ["export", "jsonl", "--data", folder], {
      maxBuffer: 1 << 28 }).toString().split("\n").filter(Boolean).map((l) => JSON.parse(l))
      .find((o) => o.type === "resource" && o.slug === item.slug);
    const words = told.body.replace(/<[^>]+>/g, "\n").split("\n").map((s) => s.trim())
      .filter((s) => s.length > 40);
    check(words.length > 0, item.slug + " has a body");
    const html = await (await fetch(base + item.url)).text();
    for (const sentence of words) check(!html.includes(sentence.slice(0, 40)), sentence);
  }
});

test("the Nu checker finds no error in any page", async () => {
  const site = await (await fetch(base + "/sitemap.xml")).text();
  const paths = [...site.matchAll(/<loc>[^<]*?:\d+([^<]*)<\/loc>/g)].map((m) => m[1] || "/");
  check(paths.length > 60, paths.length + " addresses in the sitemap");
  paths.push("/ressources?q=emploi", "/nulle-part", "/ressources?page=-1");
  const files = [];
  for (const [i, path] of paths.entries()) {
    const file = join(folder, `page-${i}.html`);
    writeFileSync(file, await (await fetch(base + path)).text());
    files.push(file);
  }
  // Without a locale, Java opens no file whose path holds an accent.
  const vnu = join(folder, "vnu.jar");
  copyFileSync(join(here, "node_modules/vnu-jar/build/dist/vnu.jar"), vnu);
  try {
    execFileSync("java", ["-jar", vnu, "--errors-only", ...files], { stdio: "pipe" });
  } catch (error) {
    throw new Error(String(error.stderr).split("\n").slice(0, 5).join("\n"));
  }
  console.log(`# ${files.length} pages checked`);
});

try {
  for (const { name, run } of cases) {
    try {
      await run();
      console.log(`ok - ${name}`);
    } catch (error) {
      failed++;
      console.log(`not ok - ${name}\n# ${String(error.stack).split("\n").join("\n# ")}`);
    }
  }
} finally {
  await browser.close();
  child.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
