// The pages of `halle sieg-report` in a real Chromium, opened as files: they stand alone, axe-core
// finds nothing, the Nu checker no error, and they hold what a reader needs.
//
//	node test_statement.mjs PATH_TO_HALLE
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { check, root, run, startBrowser, valid } from "./kit.mjs";

const program = resolve(process.argv[2]);
const cases = [];
const test = (name, body) => cases.push([name, body]);
const folder = mkdtempSync(join(tmpdir(), "halle-statement-"));
const site = { folder, base: "file://" };
const { open, soundEverywhere, close } = await startBrowser(site);
const written = [];

const dossier = (path) => join(root, "doc/sieg", path);

// The page of a document of doc/sieg, as a file.
function statement(operation, path, ...words) {
  const html = execFileSync(program, ["sieg-report", operation, ...words],
    { input: readFileSync(dossier(path)) }).toString();
  const file = join(folder, `statement-${written.length}.html`);
  writeFileSync(file, html);
  written.push([`${operation} ${path}`, html]);
  return file;
}

const desk = { viewport: { width: 1280, height: 900 } };

async function show(file) {
  const page = await open(desk);
  await page.goto("file://" + file);
  return page;
}

// As people write, spaces that do not break are spaces.
async function says(page, ...all) {
  const text = (await page.locator("body").innerText()).replace(/[\u00a0\u202f]/g, " ");
  for (const words of all) check(text.includes(words), `« ${words} » is not in: ${text.slice(0, 1200)}`);
}

const every = [
  ["route", "recuperation/voie.json"],
  ["act-check", "recuperation/acte-projet.json"],
  ["sheet", "recuperation/fiche-ex-ante.json"],
  ["sheet", "recuperation/fiche-ex-post-2021-2023.json"],
  ["control", "recuperation/controle-fin.json"],
  ["calendar", "recuperation/calendrier.json"],
  ["sheet", "creation-entreprises/fiche-ex-post.json"],
  ["control", "creation-entreprises/controle.json"],
  ["de-minimis", "de-minimis/demande-1.json"],
  ["de-minimis", "de-minimis/demande-3-refusee.json"],
];

test("a page stands alone and is sound, wide and narrow, by day and by night", async () => {
  for (const [operation, path] of every) {
    const page = await show(statement(operation, path));
    await soundEverywhere(page, `${operation} ${path}`);
    check(page.requests.length === 1, `asked for ${page.requests}`);
    await page.context().close();
  }
});

test("it opens with one sentence: how much, to whom, why", async () => {
  const page = await show(statement("control", "recuperation/controle-fin.json"));
  const lead = (await page.locator(".lead").innerText()).replace(/[\u00a0\u202f]/g, " ");
  check(lead.startsWith("À reverser : 15 325,84 € ; à "), lead);
  check(lead.includes("12 260,67 €") && lead.includes("3 065,17 €") && lead.includes("parce que"), lead);
  await page.context().close();
});

test("a figure leads to its rule, and the rule tells how far it was verified", async () => {
  const page = await show(statement("control", "recuperation/controle-fin.json"));
  await page.getByRole("link", { name: "DEC12-C" }).first().click();
  check(page.url().endsWith("#regle-DEC12-C"), page.url());
  check((await page.locator("#regle-DEC12-C").innerText()).includes("à vérifier dans le texte"), "its standing");
  await page.context().close();
});

test("the time line is drawn, named, and stands in a table too", async () => {
  const page = await show(statement("de-minimis", "de-minimis/demande-1.json"));
  const picture = page.getByRole("img", { name: /Total des aides qui comptent/ });
  const bars = await picture.locator("rect").count();
  const rows = await page.getByRole("table", { name: "Total au jour de chaque octroi" })
    .locator("tbody tr").count();
  check(bars > 3 && bars === rows, `${bars} bars, ${rows} rows`);
  await page.context().close();
});

test("the document that it holds gives the same page again", async () => {
  const page = await show(statement("sheet", "recuperation/fiche-2023.json", "--lines",
    dossier("recuperation/lignes-2023.csv")));
  await says(page, "Compensation admise : 388 800,00 €", "Lignes lues du fichier");
  await page.locator("summary").click();
  const again = execFileSync(program, ["sieg", "sheet"],
    { input: await page.locator("pre").innerText() }).toString();
  check(JSON.parse(again).allowed.amount === "388800.00", again.slice(0, 200));
  await page.context().close();
});

test("what a sheet stands on is told line by line", async () => {
  const page = await show(statement("sheet", "recuperation/fiche-ex-post-2021-2023.json"));
  for (const [name, words] of [["Situation sans l’obligation", "recette"], ["Clés de répartition", "reemploi"],
    ["Paiements", "metropole"], ["Réalisation des objectifs", "2 544"]]) {
    const all = page.getByRole("table", { name });
    check(await all.count() > 0, name);
    const text = (await all.last().innerText()).replace(/[\u00a0\u202f]/g, " ");
    check(text.includes(words), `${name}: ${text}`);
  }
  await page.context().close();
});

test("there is room for the operator's words, and no verdict of law", async () => {
  for (const [name, html] of written) {
    check(html.includes("Observations de l’opérateur"), name);
    check(html.includes("ne dit pas qu’une aide est légale"), name);
    check(!/est (légale|compatible|conforme)/.test(html.replace("ne dit pas qu’une aide est légale", "")), name);
  }
});

test("the Nu checker finds no error in any page", () => valid(site, written));

await run(cases, async () => {
  await close();
  rmSync(folder, { recursive: true });
});
