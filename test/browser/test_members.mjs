// Members in a real Chromium: from an invitation to a closed text and out again, asking for
// access, correcting a page; with and without JavaScript, as a telephone and as a desk shows it.
//
//	node test_members.mjs PATH_TO_HALLE
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, letters, makeSite, run, serve, startBrowser, telephone, valid, wait } from "./kit.mjs";

const cases = [];
const test = (name, body) => cases.push([name, body]);

const closed = "/ressources/entrer-au-capital-d-une-scic";
const closedWords = "La décision d’entrer au capital se prend une fois";
const made = makeSite();
writeFileSync(join(made.folder, "deliberation.pdf"), "%PDF-1.4\n% Article premier : la commune entre au capital.\n");
made.halle("file", "add", "entrer-au-capital-d-une-scic", join(made.folder, "deliberation.pdf"),
  "--label", "La délibération type");
made.halle("setting", "set", "site_contact", "contact@example.org");
made.halle("user", "role", "ines.delorme@example.org", "editor");
made.halle("user", "role", "bastien.rouvray@example.org", "administrator");
const site = await serve(made);
const { base } = site;
const { open, soundEverywhere, seen, close } = await startBrowser(site);

const desk = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 320, height: 640 } };
const main = (page) => page.locator("main").innerText();
const here = (page) => page.url().slice(base.length);
const field = (page, label) => page.getByLabel(new RegExp("^" + label));
const button = (page, name) => page.getByRole("button", { name });
const status = (page, path) => page.request.get(base + path, { maxRedirects: 0 }).then((r) => r.status());

// As people write, spaces that do not break are spaces.
const says = async (page, words) => {
  const text = (await main(page)).replace(/[\u00a0\u202f]/g, " ");
  check(text.includes(words), `« ${words} » is not in: ${text.slice(0, 1500)}`);
};

const silent = async (page, words) =>
  check(!(await page.content()).includes(words), `« ${words} » is in ${here(page)}`);

async function signIn(page, address) {
  await page.goto(site.halle("user", "link", address, "--public", base).trim());
  await button(page, "Me connecter").click();
  await page.waitForURL((url) => !url.pathname.startsWith("/connexion/lien"));
}

const linkIn = (letter, path) => {
  const found = new RegExp(`${base}${path}[A-Za-z0-9_-]+`).exec(letter.text);
  check(found, letter.text);
  check(letter.html.includes(found[0]), "both parts of the letter have the link");
  return found[0];
};

// What is refused is summed up first, where the focus goes, with a link to each field.
async function refused(page, label, reason) {
  await wait(() => page.evaluate(() => document.activeElement.className === "form-errors"),
    "the focus is on the summary");
  const input = field(page, label);
  const told = await input.evaluate((e) => e.getAttribute("aria-describedby").split(" ")
    .map((id) => document.getElementById(id).innerText).join(" "));
  check(told.replace(/[\u00a0\u202f]/g, " ").includes(reason), told);
  check(await input.getAttribute("aria-invalid") === "true", "the field says so");
  await page.locator(".form-errors a").first().press("Enter");
  check(await input.evaluate((e) => e === document.activeElement), "its link leads to the field");
}

// ---- the proof ----

// From an invitation to a closed text, out, and in again; all of it by one person.
async function proof(person, options, look) {
  const manager = await open({ ...desk, ...options });
  await signIn(manager, "nadege.pellerin@example.org");
  check(here(manager) === "/espace", here(manager));
  await look(manager, "the members' area");
  await manager.getByRole("link", { name: "Mon organisation" }).click();
  await look(manager, "one's organisation, for who manages it");
  await manager.getByRole("link", { name: "Inviter une ou un collègue" }).click();
  await look(manager, "inviting");
  await field(manager, "Prénom").fill(person.given);
  await field(manager, "Nom").fill(person.family);
  await field(manager, "Adresse de courriel").fill("pas-une-adresse");
  await button(manager, "Inviter").click();
  await refused(manager, "Adresse de courriel", "adresse");
  check(await field(manager, "Prénom").inputValue() === person.given, "what was typed is kept");
  check(await field(manager, "Nom").inputValue() === person.family, "what was typed is kept");
  await look(manager, "inviting refused");
  await field(manager, "Adresse de courriel").fill(person.email);
  await button(manager, "Inviter").click();
  await manager.waitForURL(/organisations\/[a-z-]+\?fait=/);
  await says(manager, `${person.given} ${person.family}`);
  await look(manager, "invited");
  await manager.context().close();

  const [invitation] = await letters(site, person.email);
  check(invitation.heads["auto-submitted"] === "auto-generated", invitation.heads);
  const page = await open({ ...desk, ...options });
  const invited = linkIn(invitation, "/mot-de-passe/");
  await page.goto(invited);
  await says(page, `${person.given} ${person.family}`);
  await look(page, "a first password");
  for (const [weak, reason] of [["azerty", "trop court"], ["motdepasse2026", "plus répandus"],
    [person.email, "adresse"]]) {
    await field(page, "Nouveau mot de passe").fill(weak);
    await button(page, "Garder ce mot de passe et me connecter").click();
    await refused(page, "Nouveau mot de passe", reason);
  }
  await look(page, "a weak password");
  await field(page, "Nouveau mot de passe").fill(person.password);
  await button(page, "Garder ce mot de passe et me connecter").click();
  await page.waitForURL(base + "/espace");
  await says(page, person.given);
  check(await status(page, invited.slice(base.length)) === 410, "the link is good once");

  await page.getByRole("link", { name: "Connexion et sécurité" }).click();
  await look(page, "password and factor");
  await page.getByRole("link", { name: "Mettre en place la connexion en deux étapes" }).click();
  await look(page, "a second factor proposed");
  await button(page, "Commencer").click();
  const codes = telephone(await page.locator(".key").innerText());
  await look(page, "a second factor being set up");
  await field(page, "Code à six chiffres").fill("000000");
  await button(page, "Vérifier et mettre en place").click();
  await refused(page, "Code à six chiffres", "pas le bon code");
  await field(page, "Code à six chiffres").fill(await codes.next());
  await button(page, "Vérifier et mettre en place").click();
  await page.locator(".codes").waitFor();
  const recovery = await page.locator(".codes code").allInnerTexts();
  check(recovery.length === 10 && new Set(recovery).size === 10, recovery);
  await look(page, "recovery codes");
  await page.getByRole("link", { name: "Je les ai gardés, continuer" }).click();
  check((await letters(site, person.email, 2)).at(-1).subject.includes("deux étapes"), "told by a letter");

  await page.goto(base + closed);
  await says(page, closedWords);
  await look(page, "a closed resource, for a member");
  const file = await page.getByRole("link", { name: "La délibération type" }).getAttribute("href");
  const opened = await page.request.get(base + file);
  check(opened.status() === 200 && (await opened.body()).toString().startsWith("%PDF-"), "the file is opened");
  check(/no-store/.test(opened.headers()["cache-control"]), opened.headers()["cache-control"]);

  await page.goto(base + "/espace");
  await page.goto(base + closed);
  await says(page, closedWords);
  await page.goto(base + "/espace");
  await button(page, "Se déconnecter").click();
  await page.waitForURL(base + "/");
  await page.goBack();
  await page.goBack();
  check(here(page) === closed, here(page));
  await silent(page, closedWords);
  await page.reload();
  await silent(page, closedWords);
  await says(page, "Se connecter pour la lire");
  check(await status(page, file) === 404, "the file is not there");
  check(await status(page, "/espace") === 303, "nor is the area");
  await look(page, "a closed resource, for anyone");

  await page.getByRole("link", { name: "Se connecter pour la lire" }).click();
  check(here(page).startsWith("/connexion?retour="), here(page));
  await look(page, "signing in");
  await field(page, "Adresse de courriel").fill(person.email);
  await field(page, "Mot de passe").fill("ce n’est pas celui-là");
  await button(page, "Se connecter").click();
  await refused(page, "Mot de passe", "ne vont pas ensemble");
  check(await field(page, "Adresse de courriel").inputValue() === person.email, "the address is kept");
  await look(page, "signing in refused");
  await field(page, "Mot de passe").fill(person.password);
  await button(page, "Se connecter").click();
  await page.waitForURL(/\/connexion\/code/);
  await look(page, "the second factor");
  check(await status(page, file) === 404, "half signed in opens nothing");
  await field(page, "Code à six chiffres").fill(codes.last());
  await button(page, /^Continuer$/).click();
  await refused(page, "Code à six chiffres", "a déjà servi");
  await field(page, "Code à six chiffres").fill(await codes.next());
  await button(page, /^Continuer$/).click();
  await page.waitForURL(base + closed);
  await says(page, closedWords);

  for (const [code, isGood] of [[recovery[0], true], [recovery[0], false], [recovery[1], true]]) {
    if (isGood) await page.goto(base + "/deconnexion");
    if (isGood) await button(page, "Se déconnecter").first().click();
    await page.goto(base + "/connexion?retour=%2Fagenda");
    await field(page, "Adresse de courriel").fill(person.email);
    await field(page, "Mot de passe").fill(person.password);
    await button(page, "Se connecter").click();
    await page.getByText("Je n’ai pas mon téléphone").click();
    await field(page, "Code de secours").fill(code);
    await button(page, "Continuer avec ce code").click();
    if (isGood) {
      await page.waitForURL(base + "/agenda");
    } else {
      await refused(page, "Code de secours", "déjà servi");
      await look(page, "a recovery code refused");
    }
    if (isGood && code === recovery[0]) {
      await page.goto(base + "/deconnexion");
      await look(page, "signing out");
      await button(page, "Se déconnecter").first().click();
    }
  }
  await page.goto(base + "/espace/securite/deux-etapes");
  await says(page, "Il vous reste 8 codes de secours");
  await look(page, "a second factor in place");
  check(page.problems.length === 0, page.problems);
  await page.context().close();
}

test("a colleague is invited, signs in with a second factor, reads what is closed, and leaves it closed",
  () => proof({ given: "Maxime", family: "Obrecht", email: "maxime.obrecht@example.org",
    password: "trois péniches sous la pluie" }, {}, soundEverywhere));

test("so does another, without JavaScript", () =>
  proof({ given: "Solveig", family: "Ansquer", email: "solveig.ansquer@example.org",
    password: "quatre bouées au large" }, { ...phone, javaScriptEnabled: false }, async () => {}));

test("the Nu checker finds no error in what was seen", () => valid(site, [...seen]));

await run(cases, async () => {
  await close();
  await site.stop();
});
