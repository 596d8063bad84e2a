"use strict";

/* "/" reaches the search box, unless one is typing. */
document.addEventListener("keydown", (event) => {
	const box = [...document.querySelectorAll("[data-slash]")].find((b) => b.offsetParent);
	const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

	if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || !box)
		return;
	event.preventDefault();
	box.focus();
	box.select();
});

/* Where style alone cannot show a closed <details>, wide screens have the filters open. */
if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60rem)").matches)
	for (const filters of document.querySelectorAll(".filters"))
		filters.open = true;

/*
 * Suggestions while one types: ARIA's combobox with a list. The focus stays in the box; what
 * is chosen is a place to go to. The list's own script may take that over ("halle:go").
 *
 * Where results come while one types, suggestions must not cover them: they stand in a row whose
 * place is kept free, words of the vocabularies before titles, which are among the results.
 */
{
	const PAUSE = 150, LEAST = 2;
	const KINDS = {
		resource: "Ressource", kind: "Type", category: "Catégorie", keyword: "Mot-clé",
		territory: "Territoire", collection: "Collection", organisation: "Organisation",
	};

	const make = (name, attributes) => {
		const element = document.createElement(name);

		for (const [key, value] of Object.entries(attributes))
			element.setAttribute(key, value);
		return element;
	};

	const suggestFor = (box) => {
		const id = `${box.id}-suggestions`;
		const list = make("ul", { id, class: "suggestions", role: "listbox", "aria-label": "Suggestions", tabindex: "-1" });
		const voice = make("p", { class: "unseen", role: "status" });
		const inRow = document.querySelector(".list") !== null;
		let asking, timer, at = -1;

		const point = (place) => {
			list.children[at]?.setAttribute("aria-selected", "false");
			at = place;
			list.children[at]?.setAttribute("aria-selected", "true");
			list.children[at]?.scrollIntoView({ block: "nearest", inline: "nearest" });
			if (at < 0)
				box.removeAttribute("aria-activedescendant");
			else
				box.setAttribute("aria-activedescendant", list.children[at].id);
		};

		const show = (items) => {
			point(-1);
			if (inRow)
				items.sort((a, b) => (a.kind === "resource") - (b.kind === "resource"));
			list.replaceChildren(...items.map(({ text, kind, url }, i) => {
				const option = make("li", { id: `${id}-${i}`, role: "option", "aria-selected": "false", "data-url": url });
				const words = make("span", {}), note = make("span", { class: "note" });

				words.append(text);
				note.append(KINDS[kind] ?? "");
				option.append(words, " ", note);
				return option;
			}));
			list.hidden = !list.children.length;
			box.setAttribute("aria-expanded", String(!list.hidden));
			voice.textContent = list.hidden ? "" : `${list.children.length} suggestion${list.children.length > 1 ? "s" : ""}`;
		};

		const close = () => {
			clearTimeout(timer);
			asking?.abort();
			if (!list.hidden)
				show([]);
		};

		const ask = async () => {
			const mine = asking = new AbortController();
			const words = encodeURIComponent(box.value.trim());

			try {
				const answer = await fetch(`/api/v1/suggest?q=${words}`, { signal: mine.signal });
				const { items } = answer.ok ? await answer.json() : { items: [] };

				if (mine === asking && !mine.signal.aborted && document.activeElement === box)
					show(items);
			} catch {
				/* Without suggestions one searches as well. */
			}
		};

		const askSoon = (pause) => {
			clearTimeout(timer);
			asking?.abort();
			if (box.value.trim().length < LEAST)
				close();
			else
				timer = setTimeout(ask, pause);
		};

		const go = (option) => {
			const event = new CustomEvent("halle:go", { detail: option.dataset.url, cancelable: true });

			close();
			if (document.dispatchEvent(event))
				location.assign(option.dataset.url);
		};

		const step = (by) => {
			const n = list.children.length + 1; /* the box itself is one of the places */

			if (list.hidden)
				askSoon(0);
			else
				point((at + 1 + by + n) % n - 1);
		};

		const keys = {
			ArrowDown: () => step(1),
			ArrowUp: () => step(-1),
			Escape: () => !list.hidden && close(),
			Enter: () => at >= 0 && go(list.children[at]),
		};

		list.hidden = true;
		for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list",
			"aria-expanded": "false", "aria-controls": id, autocomplete: "off" }))
			box.setAttribute(key, value);
		box.after(voice);
		if (inRow) {
			const row = make("div", { class: "suggestions-row" });

			row.append(list);
			box.form.append(row);
		} else {
			box.after(list);
		}

		box.addEventListener("input", () => askSoon(PAUSE));
		box.addEventListener("blur", close);
		box.form.addEventListener("submit", close);
		box.addEventListener("keydown", (event) => {
			if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
				return;
			/* What a key did to the list, it does not do to the box. */
			if (keys[event.key] && keys[event.key]() !== false)
				event.preventDefault();
		});
		/* The focus must not leave the box before the click. */
		list.addEventListener("pointerdown", (event) => event.preventDefault());
		list.addEventListener("mousedown", (event) => event.preventDefault());
		list.addEventListener("click", (event) => {
			const option = event.target.closest("[role=option]");

			if (option)
				go(option);
		});
	};

	document.querySelectorAll("[data-slash]").forEach(suggestFor);
}

/* A new password is typed once: whoever likes may see it. It is hidden again before it is sent. */
for (const field of document.querySelectorAll("input[autocomplete=new-password]")) {
	const button = document.createElement("button");
	const show = (shown) => {
		field.type = shown ? "text" : "password";
		button.textContent = shown ? "Masquer le mot de passe" : "Afficher le mot de passe";
	};

	button.type = "button";
	button.className = "quiet see";
	button.addEventListener("click", () => show(field.type === "password"));
	field.form.addEventListener("submit", () => show(false));
	field.after(button);
	show(false);
}
