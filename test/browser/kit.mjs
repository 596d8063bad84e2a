// What tests in a browser share: a site of their own, a Chromium, what every page must be.
import { execFileSync, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync,
  writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
export const root = resolve(here, "../..");
const program = resolve(process.argv[2] ?? join(root, "build/halle"));
const axe = readFileSync(join(here, "node_modules/axe-core/axe.min.js"), "utf8");

export function check(truth, what) {
  if (!truth) throw new Error(typeof what === "string" ? what : JSON.stringify(what));
}

// A machine that does much else, and writes much else to its disk, is no defect of the program.
const patience = 60_000;

export async function wait(condition, what) {
  const end = Date.now() + patience;
  do {
    const found = await condition();
    if (found) return found;
    await new Promise((r) => setTimeout(r, 50));
  } while (Date.now() < end);
  throw new Error(what);
}

// ---- a site ----

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

// The demonstration in a folder of its own; `halle` runs a command on it.
export function makeSite() {
  const folder = mkdtempSync(join(tmpdir(), "halle-browser-"));
  const halle = (...words) => execFileSync(program, [...words, "--data", folder], {
    maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] }).toString();
  halle("import", "jsonl", join(root, "content/demonstration.jsonl"), "--relative");
  return { folder, halle };
}

export async function serve(site) {
  const port = await freePort();
  const base = site.base = `http://127.0.0.1:${port}`;
  const child = spawn(program, ["serve", "--data", site.folder, "--listen", `127.0.0.1:${port}`], {
    stdio: ["ignore", "ignore", "ignore"],
  });
  // It keeps its index in the folder as it stops.
  site.stop = async () => {
    const stopped = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    await stopped;
    rmSync(site.folder, { recursive: true, force: true });
  };
  await wait(() => fetch(base + "/sante").then((r) => r.ok, () => false), "the server does not answer");
  return site;
}

// ---- letters ----

function decodeWords(text) {
  return text.replace(/\r?\n[ \t]+/g, " ").replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how, words) =>
      (how.toLowerCase() === "b" ? Buffer.from(words, "base64")
        : quoted(words.replaceAll("_", " "))).toString());
}

function quoted(text) {
  const bytes = text.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/gi, (_, hex) =>
    String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1");
}

function readPart(text) {
  const cut = text.indexOf("\n\n");
  const heads = {};
  for (const line of text.slice(0, cut).replace(/\n[ \t]+/g, " ").split("\n")) {
    const colon = line.indexOf(":");
    heads[line.slice(0, colon).toLowerCase()] = decodeWords(line.slice(colon + 1).trim());
  }
  const body = text.slice(cut + 2), coding = (heads["content-transfer-encoding"] ?? "").toLowerCase();
  return { heads, body: coding === "base64" ? Buffer.from(body, "base64").toString()
    : coding === "quoted-printable" ? quoted(body).toString() : body };
}

export function readLetter(file) {
  const { heads, body } = readPart(readFileSync(file, "latin1").replaceAll("\r\n", "\n"));
  const mark = /boundary="?([^";]+)"?/.exec(heads["content-type"])?.[1];
  const parts = mark ? body.split("--" + mark).slice(1, -1).map((p) => readPart(p.slice(1))) : [];
  const part = (type) => parts.find((p) => p.heads["content-type"].startsWith(type))?.body ?? "";
  return { file, to: heads.to, subject: heads.subject, heads, text: part("text/plain"), html: part("text/html") };
}

// The letters to an address, the oldest first; `n` is how many there must be.
export async function letters(site, address, n = 1) {
  const outbox = join(site.folder, "outbox");
  const read = () => !existsSync(outbox) ? [] : readdirSync(outbox).filter((f) => f.endsWith(".eml"))
    .sort((a, b) => Number(/-(\d+)\.eml/.exec(a)[1]) - Number(/-(\d+)\.eml/.exec(b)[1]))
    .map((f) => readLetter(join(outbox, f))).filter((l) => l.to.includes(address));
  return wait(() => read().length >= n && read(), `${n} letters to ${address}`);
}

// ---- a telephone's codes ----

// RFC 6238: six figures, 30 seconds. A code is good once: each is later than the one before.
export function telephone(key) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key.replace(/\s/g, "")].map((c) => letters.indexOf(c).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  let last = 0;
  const at = (step) => {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const hash = createHmac("sha1", secret).update(counter).digest();
    return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1e6).padStart(6, "0");
  };
  return {
    last: () => at(last),
    // The clock of a telephone may go half a minute ahead.
    next: async () => {
      const now = () => Math.floor(Date.now() / 30000);
      const step = Math.max(now(), last + 1);
      while (now() + 1 < step) await new Promise((r) => setTimeout(r, 500));
      last = step;
      return at(step);
    },
  };
}

// ---- a browser ----

export async function startBrowser(site) {
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const seen = new Map();

  // A page that fails the test when it asks another host for anything, or breaks its own policy.
  async function open(options) {
    const context = await browser.newContext({ locale: "fr-FR", ...options });
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    page.problems = [];
    page.requests = [];
    page.on("request", (r) => {
      page.requests.push(r.url());
      if (!r.url().startsWith(site.base) && !r.url().startsWith("data:")) {
        page.problems.push("asked another host: " + r.url());
      }
    });
    page.on("response", (r) => {
      const { resourceType, frame } = { resourceType: r.request().resourceType(), frame: r.frame() };
      if (resourceType === "document" && frame === page.mainFrame()) page.answer = r;
    });
    page.on("console", (m) => {
      if (m.type() === "error" && !/status of 4(0[0349]|10|22)/.test(m.text())) page.problems.push(m.text());
    });
    page.on("pageerror", (e) => page.problems.push(String(e)));
    return page;
  }

  const standard = { type: "tag",
    values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

  async function sound(page, what, options = { runOnly: standard }) {
    check(page.problems.length === 0, `${what}: ${page.problems.join("; ")}`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate((asked) =>
      globalThis.axe.run(document, { ...asked, resultTypes: ["violations"] }), options);
    check(violations.length === 0, `${what}: ` + JSON.stringify(violations.map((v) =>
      [v.id, v.nodes.map((n) => n.html.slice(0, 160))])));
    const wide = await page.evaluate(() =>
      document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(wide <= 0, `${what}: ${wide} px wider than the screen`);
  }

  // What a finger must reach: at least 24 px each way, or a link within a sentence.
  async function reachable(page, what) {
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, select, textarea, summary, input, a.button, nav a")]
        .filter((e) => e.type !== "hidden" && e.checkVisibility())
        .map((e) => [(/checkbox|radio/.test(e.type) ? e.labels[0] : e).getBoundingClientRect(), e.outerHTML])
        .filter(([r]) => r.width > 1 && (r.width < 24 || r.height < 24))
        .map(([r, html]) => `${r.width}x${r.height} ${html.slice(0, 120)}`));
    check(small.length === 0, `${what}: too small: ${small.join("; ")}`);
  }

  // Colours take most of the time, and are the same on all widths: each scheme is looked at once.
  const colours = ["color-contrast", "link-in-text-block"];
  const ways = [
    [320, "light", { runOnly: standard }],
    [1280, "light", { runOnly: standard, rules: Object.fromEntries(colours.map((c) => [c, { enabled: false }])) }],
    [1280, "dark", { runOnly: { type: "rule", values: colours } }],
  ];

  // As a telephone and as a desk shows it, by day and by night; its HTML is kept for the checker.
  async function soundEverywhere(page, what) {
    const before = page.viewportSize();
    if (page.answer) seen.set(what, await page.answer.text());
    for (const [width, colorScheme, options] of ways) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await sound(page, `${what}, ${width} px, ${colorScheme}`, options);
      if (colorScheme === "light") await reachable(page, `${what}, ${width} px`);
    }
    await page.setViewportSize(before);
  }

  return { open, sound, soundEverywhere, seen, close: () => browser.close() };
}

// The Nu checker finds no error; `pages` are [name, HTML].
export function valid(site, pages) {
  const files = [];
  for (const [i, [, html]] of pages.entries()) {
    const file = join(site.folder, `page-${i}.html`);
    writeFileSync(file, html);
    files.push(file);
  }
  // Without a locale, Java opens no file whose path holds an accent.
  const vnu = join(site.folder, "vnu.jar");
  copyFileSync(join(here, "node_modules/vnu-jar/build/dist/vnu.jar"), vnu);
  try {
    execFileSync("java", ["-jar", vnu, "--errors-only", ...files], { stdio: "pipe" });
  } catch (error) {
    throw new Error(String(error.stderr).split("\n").slice(0, 5).join("\n")
      .replace(/page-(\d+)\.html/g, (_, i) => `${pages[i][0]}`));
  }
  console.log(`# ${files.length} pages checked`);
}

// Runs the cases, one after the other, then `end`, and leaves with what came out.
export async function run(cases, end) {
  let failed = 0;
  try {
    for (const [name, body] of cases) {
      try {
        await body();
        console.log(`ok - ${name}`);
      } catch (error) {
        failed++;
        console.log(`not ok - ${name}\n# ${String(error.stack).split("\n").join("\n# ")}`);
      }
    }
  } finally {
    await end();
  }
  process.exit(failed ? 1 : 0);
}
