// Members in a real Chromium: from an invitation to a closed text and out again, asking for
// access, correcting a page; with and without JavaScript, as a telephone and as a desk shows it.
//
//	node test_members.mjs PATH_TO_HALLE
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, letters, makeSite, root, run, serve, startBrowser, telephone, valid, wait } from "./kit.mjs";

const cases = [];
const test = (name, body) => cases.push([name, body]);

const closed = "/ressources/entrer-au-capital-d-une-scic";
const closedWords = "La décision d’entrer au capital se prend une fois";
const made = makeSite();
writeFileSync(join(made.folder, "deliberation.pdf"), "%PDF-1.4\n% Article premier : la commune entre au capital.\n");
made.halle("file", "add", "entrer-au-capital-d-une-scic", join(made.folder, "deliberation.pdf"),
  "--label", "La délibération type");
made.halle("import", "listing", join(root, "test/data/listing-agenda.txt"));
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
const field = (page, label) => page.getByLabel(new RegExp("^\\s*" + label));
const button = (page, name) => page.getByRole("button", { name, exact: true });
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

// The letter to an address that holds some words.
const letter = (address, words) => wait(async () => (await letters(site, address))
  .find((l) => l.text.includes(words)), `a letter to ${address}: ${words}`);

const linkIn = (letter, path) => {
  const found = new RegExp(`${base}${path}[A-Za-z0-9_-]+`).exec(letter.text);
  check(found, letter.text);
  check(letter.html.includes(found[0]), "both parts of the letter have the link");
  return found[0];
};

// Where a page puts the focus as it opens. Asked again until it is there: a page that has only
// begun has no body yet, hence nothing that could have the focus.
const focusOn = (page, selector) => page.locator(selector + ":focus").waitFor();

// What is refused is summed up first, where the focus goes, with a link to each field.
async function refused(page, label, reason) {
  await focusOn(page, ".form-errors");
  const input = field(page, label);
  const told = await input.evaluate((e) => e.getAttribute("aria-describedby").split(" ")
    .map((id) => document.getElementById(id).innerText).join(" "));
  check(told.replace(/[\u00a0\u202f]/g, " ").includes(reason), told);
  check(await input.getAttribute("aria-invalid") === "true", "the field says so");
  await page.locator(".form-errors a").first().press("Enter");
  await wait(() => input.evaluate((e) => e === document.activeElement), "its link leads to the field");
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
  check(invitation.text.includes("Nadège Pellerin vous a ouvert un compte"), invitation.text);
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
  await page.waitForURL(base + closed);
  await silent(page, closedWords);
  await page.reload();
  await silent(page, closedWords);
  await says(page, "Se connecter pour la lire");
  check(await status(page, file) === 404, "the file is not there");
  check(await status(page, "/espace") === 303, "nor is the area");
  await look(page, "a closed resource, for anyone");

  await page.getByRole("link", { name: "Se connecter pour la lire" }).click();
  await page.waitForURL((url) => url.pathname === "/connexion" && url.searchParams.has("retour"));
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
  await button(page, "Continuer").click();
  await refused(page, "Code à six chiffres", "a déjà servi");
  await field(page, "Code à six chiffres").fill(await codes.next());
  await button(page, "Continuer").click();
  await page.waitForURL(base + closed);
  await says(page, closedWords);

  // Leaving again before one is out would leave the form unsent.
  const signOut = async (look) => {
    await page.goto(base + "/deconnexion");
    await look(page, "signing out");
    await button(page, "Se déconnecter").first().click();
    await page.waitForURL(base + "/");
  };
  for (const [code, isGood] of [[recovery[0], true], [recovery[0], false], [recovery[1], true]]) {
    if (isGood) await signOut(async () => {});
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
    if (isGood && code === recovery[0]) await signOut(look);
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

// ---- asking for access ----

// Someone whose organisation's membership has lapsed asks, an editor answers, and the person reads.
async function asking(resource, words, reason, options, look) {
  const lapsed = await open({ ...desk, ...options });
  await signIn(lapsed, "marc.tanguy@example.org");
  await says(lapsed, "L’adhésion de votre organisation est échue");
  await look(lapsed, "the area of someone whose membership has lapsed");
  await lapsed.goto(base + resource);
  await silent(lapsed, words);
  await says(lapsed, "Département de la Côte-des-Ajoncs : adhésion échue depuis le");
  await look(lapsed, "a closed resource, for someone whose membership has lapsed");
  await lapsed.getByRole("link", { name: "Demander l’accès" }).click();
  await look(lapsed, "asking for access");
  await button(lapsed, "Envoyer la demande").click();
  await refused(lapsed, "Pourquoi souhaitez-vous la lire", "à remplir");
  await look(lapsed, "asking for access refused");
  await field(lapsed, "Pourquoi souhaitez-vous la lire").fill(reason);
  await button(lapsed, "Envoyer la demande").click();
  await says(lapsed, "attend sa réponse");
  await look(lapsed, "asked");
  await lapsed.goto(base + resource);
  await says(lapsed, "Votre demande attend sa réponse");
  await silent(lapsed, words);

  const told = await letter("contact@example.org", reason);
  check(told.text.includes("Marc Tanguy") && told.text.includes(base + "/gestion/demandes"), told.text);
  const editor = await open({ ...desk, ...options });
  await signIn(editor, "ines.delorme@example.org");
  await editor.goto(base + "/gestion");
  await look(editor, "the back office");
  await editor.getByRole("link", { name: "1 demande d’accès attend une réponse" }).click();
  await says(editor, reason);
  await says(editor, "adhésion échue");
  await look(editor, "requests");
  await field(editor, "Accès jusqu’au").fill("01/02/2003");
  await field(editor, "Quelques mots à la personne").fill("Avec plaisir : à lire avant le comité.");
  await button(editor, "Accorder").click();
  await refused(editor, "Accès jusqu’au", "passé");
  check(await field(editor, "Quelques mots").inputValue() === "Avec plaisir : à lire avant le comité.",
    "the words are kept");
  await look(editor, "a request answered wrongly");
  await field(editor, "Accès jusqu’au").fill("31/12/2099");
  await button(editor, "Accorder").click();
  await editor.waitForURL(/fait=accorde/);
  await says(editor, "Accordée jusqu’au 31 décembre 2099");
  await look(editor, "answered");
  check(await status(editor, "/gestion/journal") === 403, "the journal is for administrators");
  await editor.context().close();

  const answer = await letter("marc.tanguy@example.org", base + resource);
  check(answer.subject === "Votre demande d’accès est acceptée", answer.subject);
  check(answer.text.includes("31 décembre 2099") && answer.text.includes("avant le comité"), answer.text);
  await lapsed.goto(base + resource);
  await says(lapsed, words);
  await look(lapsed, "a closed resource, for whom it was opened");
  await lapsed.context().close();
}

const opened = "/ressources/repartir-les-charges-communes";

test("someone whose membership has lapsed sees why, asks for access, and reads once it is given", () =>
  asking(opened, "Une clé de répartition est une promesse",
    "Nous aidons une association à tenir ses comptes.", {}, soundEverywhere));

test("so does one without JavaScript", () =>
  asking("/ressources/grille-utilite-sociale", "La grille est née d’un groupe de travail",
    "Nous préparons un appel à projets.", { ...phone, javaScriptEnabled: false }, async () => {}));

test("an administrator sees in the journal what was given to whom", async () => {
  const page = await open(desk);
  await signIn(page, "bastien.rouvray@example.org");
  await page.goto(base + "/gestion/journal");
  await soundEverywhere(page, "an administrator without a second factor");
  await page.getByRole("link", { name: "La mettre en place" }).click();
  await button(page, "Commencer").click();
  await field(page, "Code à six chiffres").fill(await telephone(await page.locator(".key").innerText()).next());
  await button(page, "Vérifier et mettre en place").click();
  await page.locator(".codes").waitFor();
  await page.goto(base + "/gestion/journal");
  await says(page, "Accès accordé");
  await says(page, "Fichier réservé ouvert");
  await soundEverywhere(page, "the journal");
  await field(page, "Ce qui a été fait").selectOption("access-granted");
  await button(page, "Filtrer").click();
  const row = page.getByRole("row", { name: /repartir-les-charges-communes/ });
  check(/Inès Delorme/.test(await row.innerText()) && /marc-tanguy/.test(await row.innerText()), await main(page));
  await soundEverywhere(page, "the journal, filtered");
  for (const path of ["/gestion/reglages", "/gestion/personnes/marc-tanguy", "/gestion/courriels"]) {
    await page.goto(base + path);
    await soundEverywhere(page, path);
  }
  await page.context().close();
});

// ---- correcting a page ----

async function correcting(title, options, look) {
  const editor = await open({ ...desk, ...options });
  await signIn(editor, "ines.delorme@example.org");
  await editor.goto(base + "/gestion");
  await editor.getByRole("link", { name: "Nouvelle ressource" }).click();
  await look(editor, "a new resource");
  await field(editor, "Titre").fill(title);
  await field(editor, "Résumé").fill("Un résumé bien trop long. ".repeat(30));
  await editor.locator("#texte").fill("## Pourquoi\n\nParce que **cela sert**.");
  await button(editor, "Enregistrer").click();
  await refused(editor, "Résumé", "il en faut au plus 600");
  check(await field(editor, "Titre").inputValue() === title, "the title is kept");
  check((await editor.locator("#texte").inputValue()).startsWith("## Pourquoi"), "the text is kept");
  if (options.javaScriptEnabled !== false) await says(editor, "779 caractères sur 600");
  await look(editor, "a new resource refused");
  await field(editor, "Résumé").fill("Ce que c’est, en une phrase.");
  await field(editor, "Type de ressource").selectOption("Fiche");
  await button(editor, "Voir l’aperçu").click();
  await focusOn(editor, ".preview");
  check(await editor.locator(".preview h2", { hasText: "Pourquoi" }).count() === 1, "the text as it will be");
  check(await editor.locator(".preview strong").innerText() === "cela sert", "with what is in bold");
  await look(editor, "a preview");
  await button(editor, "Enregistrer").click();
  await editor.waitForURL(/fait=enregistree/);
  const page = (await editor.getByRole("link", { name: "Voir la page" }).first().getAttribute("href"));
  const anyone = await open({ ...desk, ...options });
  check((await anyone.goto(base + page)).status() === 404, "a draft is not there for others");
  await field(editor, "Publiée").check();
  await field(editor, "Ouverte à tout le monde").check();
  await button(editor, "Enregistrer").click();
  // What was closed is opened by whoever says so twice.
  if (await editor.locator(".form-errors").count()) {
    await field(editor, "Oui, ouvrir ce texte").check();
    await button(editor, "Enregistrer").click();
  }
  await editor.waitForURL(/fait=enregistree/);
  check((await anyone.goto(base + page)).status() === 200, "it is published");
  await says(anyone, "cela sert");
  await field(editor, "Réservée aux collectivités adhérentes").check();
  await field(editor, "Comment y accéder").fill("Réservée le temps du vote : écrivez à la direction.");
  await button(editor, "Enregistrer").click();
  await editor.waitForURL(/fait=enregistree/);
  await look(editor, "saved");
  await anyone.reload();
  await silent(anyone, "cela sert");
  await says(anyone, "Réservée le temps du vote : écrivez à la direction.");
  await anyone.context().close();
  await button(editor, "Enregistrer").click();
  await editor.waitForURL(/fait=rien/);
  return { editor, page };
}

async function conflict(editor, page, options, look) {
  const other = await open({ ...desk, ...options });
  await signIn(other, "ines.delorme@example.org");
  await editor.goto(base + "/gestion" + page);
  await other.goto(base + "/gestion" + page);
  await field(other, "Résumé").fill("Le résumé de l’autre.");
  await field(other, "Étendue").fill("12 pages");
  await button(other, "Enregistrer").click();
  await other.waitForURL(/fait=enregistree/);
  await field(editor, "Résumé").fill("Mon résumé à moi.");
  await field(editor, "Note de l’équipe").fill("Ma note.");
  await button(editor, "Enregistrer").click();
  await focusOn(editor, ".clash");
  await says(editor, "Le résumé de l’autre.");
  await says(editor, "Déjà repris de sa version, car vous n’y aviez pas touché : Étendue");
  check(await editor.locator("#resume").inputValue() === "Mon résumé à moi.", "mine is in the form");
  check(await field(editor, "Étendue").inputValue() === "12 pages", "theirs is taken over");
  await look(editor, "a conflict");
  await other.reload();
  const summary = async (page) => (await page.locator("#resume").inputValue()).trim();
  check(await summary(other) === "Le résumé de l’autre.", "nothing is overwritten");
  await button(editor, "Enregistrer").click();
  await focusOn(editor, ".form-errors");
  await look(editor, "a conflict, nothing chosen");
  await field(editor, "Ma version").check();
  await button(editor, "Enregistrer").click();
  await editor.waitForURL(/fait=enregistree/);
  check(await summary(editor) === "Mon résumé à moi.", "mine was chosen");
  check(await field(editor, "Étendue").inputValue() === "12 pages", "theirs stays");
  check((await field(editor, "Note de l’équipe").inputValue()).trim() === "Ma note.", "what nobody else touched is saved");
  await editor.getByRole("link", { name: "États précédents" }).click();
  await look(editor, "earlier states");
  await other.context().close();
}

test("an editor makes a page, publishes it, closes it; two editors lose nothing", async () => {
  const { editor, page } = await correcting("Tenir une assemblée à distance", {}, soundEverywhere);
  await conflict(editor, page, {}, soundEverywhere);
  check(editor.problems.length === 0, editor.problems);
  await editor.context().close();
});

test("so do they without JavaScript", async () => {
  const options = { ...phone, javaScriptEnabled: false };
  const { editor, page } = await correcting("Tenir une assemblée dehors", options, async () => {});
  await conflict(editor, page, options, async () => {});
  await editor.context().close();
});

test("saving what one did not change changes nothing", async () => {
  const page = await open({ ...desk, javaScriptEnabled: false }), changed = [];
  await signIn(page, "ines.delorme@example.org");
  const slugs = site.halle("export", "jsonl").split("\n").filter(Boolean).map((l) => JSON.parse(l))
    .filter((o) => o.type === "resource").map((o) => o.slug);
  check(slugs.length > 50, slugs);
  for (const slug of slugs) {
    await page.goto(`${base}/gestion/ressources/${slug}`);
    await button(page, "Enregistrer").click();
    if (!/fait=rien/.test(page.url())) changed.push(slug + ": " + (await main(page)).slice(0, 300));
  }
  check(changed.length === 0, changed);
  await page.context().close();
});

test("unsaved text is not left without a question", async () => {
  const page = await open(desk);
  await signIn(page, "ines.delorme@example.org");
  await page.goto(base + "/gestion" + closed);
  await field(page, "Titre").pressSequentially(" !");
  let asked = 0;
  page.on("dialog", (d) => { asked++; d.dismiss(); });
  await page.getByRole("link", { name: "Demandes d’accès" }).click();
  await wait(() => asked === 1, "one is asked");
  check(here(page) === "/gestion" + closed, "and stays");
  await page.close({ runBeforeUnload: false });
});

test("what was typed outlives a session that ended", async () => {
  const page = await open(desk);
  const other = await page.context().newPage();
  await signIn(page, "ines.delorme@example.org");
  await page.goto(base + "/gestion/ressources/entrer-au-capital-d-une-scic");
  const before = await page.locator("#texte").inputValue();
  await page.locator("#texte").fill(before + "\n\nUn paragraphe de trois heures.");
  await other.goto(base + "/espace");
  await button(other, "Se déconnecter").click();
  await button(page, "Enregistrer").click();
  await says(page, "Votre connexion a pris fin");
  check((await page.locator("textarea[name=texte]").inputValue()).endsWith("de trois heures."), "it is there");
  await soundEverywhere(page, "an interrupted form");
  await signIn(other, "ines.delorme@example.org");
  await button(page, "Reprendre l’envoi").click();
  await page.waitForURL(/fait=enregistree/);
  check((await page.locator("#texte").inputValue()).trimEnd().endsWith("de trois heures."), "and is kept");
  await page.context().close();
});

for (const [how, options, look] of [["", desk, soundEverywhere],
  [", without JavaScript", { ...phone, javaScriptEnabled: false }, async () => {}]]) {
  test("a lost link is completed singly" + how, async () => {
    const page = await open(options);
    await signIn(page, "ines.delorme@example.org");
    await page.goto(base + "/gestion/a-completer");
    const before = await page.locator(".card form").count();
    check(before > 1, "there are lost links");
    const first = page.locator(".card form").first(), label = await first.locator("label").innerText();
    await look(page, "links to complete");
    await first.locator("input").fill("pas une adresse");
    await first.getByRole("button", { name: "Compléter" }).click();
    await focusOn(page, ".form-errors");
    check(await page.locator(".card input[aria-invalid]").inputValue() === "pas une adresse", "it is kept");
    await look(page, "a link completed wrongly");
    await page.locator(".card input[aria-invalid]").fill("https://example.org/retrouve.ods");
    await page.locator(".card form", { has: page.locator("[aria-invalid]") })
      .getByRole("button", { name: "Compléter" }).click();
    await page.waitForURL(/fait=complete/);
    await says(page, "Le lien est complété.");
    check(await page.locator(".card form").count() === before - 1, label);
    await look(page, "a link completed");
    await page.context().close();
  });
}

test("a name is withdrawn everywhere", async () => {
  const page = await open(desk), anyone = await open(desk), name = "Ombeline Fargeot";
  const places = site.halle("export", "jsonl").split("\n").filter((l) => l.includes(name))
    .map((l) => JSON.parse(l)).filter((o) => o.slug);
  check(places.length > 0, "the name stands somewhere");
  await signIn(page, "ines.delorme@example.org");
  await page.goto(base + "/gestion" + closed);
  await page.getByRole("link", { name }).click();
  await says(page, "Où ce nom est cité");
  await soundEverywhere(page, "a name");
  await button(page, "Retirer partout").click();
  await focusOn(page, ".form-errors");
  await soundEverywhere(page, "a name not withdrawn");
  await field(page, "Oui, retirer ce nom partout").check();
  await button(page, "Retirer partout").click();
  await page.waitForURL(/fait=retire/);
  await says(page, "Le nom n’est plus cité nulle part");
  await page.goto(base + "/gestion/noms");
  await soundEverywhere(page, "names");
  await field(page, "Nom").fill("Fargeot");
  await button(page, "Chercher").click();
  await says(page, "Aucun nom.");
  check(!site.halle("export", "jsonl").includes(name), "it is kept nowhere");
  for (const path of [...places.map((o) => ({ resource: "/ressources/", cycle: "/cycles/",
    session: "/agenda/" })[o.type] + o.slug), "/ressources?q=Ombeline+Fargeot", "/flux/ressources.atom"]) {
    for (const reader of [page, anyone]) {
      const html = await (await reader.request.get(base + path)).text();
      check(!html.includes(name) || path.includes("?q="), `${path} names them`);
    }
  }
  await anyone.goto(base + "/ressources?q=%22Ombeline+Fargeot%22");
  check(await anyone.locator(".entry").count() === 0, "nor is it found");
  await page.context().close();
  await anyone.context().close();
});

// ---- pages for everyone ----

test("the pages around accounts are sound", async () => {
  const page = await open(desk);
  for (const path of ["/connexion", "/connexion/lien", "/connexion/lien-envoye", "/mot-de-passe",
    "/connexion/lien/perdu", "/mot-de-passe/perdu", "/courriel/perdu", "/annuaire", "/annuaire?type=commune",
    "/annuaire/region-orlance-et-vespree", "/pages/donnees-personnelles"]) {
    await page.goto(base + path);
    await soundEverywhere(page, path);
  }
  await page.context().close();
  const member = await open(desk);
  await signIn(member, "gaspard.lenoir@example.org");
  for (const path of ["/espace/profil", "/espace/groupes", "/espace/groupes/achats", "/espace/enregistrees",
    "/espace/donnees", "/espace/donnees/supprimer", "/gestion"]) {
    await member.goto(base + path);
    await soundEverywhere(member, path + ", signed in");
  }
  await member.context().close();
});

test("by keyboard one reaches the text, and signs in", async () => {
  const page = await open(desk);
  await page.goto(base + "/connexion?retour=%2Fagenda");
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.className) === "skip", "the skip link first");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.name) === "courriel", "then the first field");
  await page.keyboard.type("maxime.obrecht@example.org");
  await page.keyboard.press("Tab");
  await page.keyboard.type("trois péniches sous la pluie");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/connexion\/code/);
  check(page.problems.length === 0, page.problems);
  await page.context().close();
});

test("the Nu checker finds no error in what was seen", () => valid(site, [...seen]));

await run(cases, async () => {
  await close();
  await site.stop();
});
