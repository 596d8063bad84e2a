"use strict";

/*
 * The list, at once: results while one types, filters as they are chosen. Each answer is the
 * page itself, of which what changes is taken: what is shown is what the server shows to those
 * without a script. Where an answer does not come, links and the form work as they do then.
 */
{
	const PAUSE = 150, LEAST = 2; /* one letter is no word yet, unless one says so by sending the form */
	const form = document.getElementById("recherche"), box = form.elements.q;
	const list = document.querySelector(".list"), voice = document.getElementById("annonce");
	const here = () => location.pathname + location.search;
	let shown = here();      /* the address of what is shown */
	let asking = null, timer = 0;
	let live = true;
	let settled = false;     /* what is shown was chosen: typing makes a new step of history */

	const setLive = (truth) => {
		live = truth;
		document.documentElement.classList.toggle("live", truth);
	};

	/* The address that the form would lead to. */
	const wanted = () => {
		const words = new URLSearchParams();

		for (const [name, value] of new FormData(form))
			if (value.trim())
				words.append(name, value.trim().replace(/\s+/g, " "));
		return location.pathname + (String(words) && `?${words}`);
	};

	const heading = () => document.getElementById("resultats");

	const tell = (what) => {
		voice.textContent = what;
	};

	const tellFound = () => {
		const told = list.querySelector("p.told, .told p");

		tell([heading().textContent, told?.textContent].filter(Boolean).join(". "));
	};

	/* ---- what comes is put in place of what was ---- */

	const foldOf = (details) => details.closest("fieldset")?.querySelector("legend").textContent ?? "";

	const takeHead = (page) => {
		document.title = page.title;
		for (const [name, value] of [["meta[name=description]", "content"], ["link[rel=canonical]", "href"]])
			document.head.querySelector(name)?.setAttribute(value, page.querySelector(name)?.getAttribute(value) ?? "");
	};

	const takeSort = (page) => {
		const sort = page.querySelector("#recherche [name=tri]");

		form.elements.tri?.remove();
		if (sort)
			form.append(sort);
	};

	/* Setting what is there already would move the caret. */
	const takeWords = (page) => {
		const { value } = page.getElementById("q");

		if (box.value.trim() !== value)
			box.value = value;
	};

	const take = (page) => {
		const open = new Set([...list.querySelectorAll("details[open]")].map(foldOf));

		takeHead(page);
		takeSort(page);
		list.replaceChildren(...page.querySelector(".list").children);
		for (const details of list.querySelectorAll("details"))
			details.open ||= open.has(foldOf(details));
	};

	/* ---- where the focus goes ---- */

	const focusOn = (element) => {
		const fold = element.closest("fieldset details");

		if (fold)
			fold.open = true;
		element.focus({ preventScroll: true });
		element.scrollIntoView({ block: "nearest" });
	};

	const toHeading = () => {
		heading().focus({ preventScroll: true });
		heading().scrollIntoView();
	};

	/* Back on the same filter, which may have gone. */
	const toFilter = ({ name, value }) => () => {
		const same = [...list.querySelectorAll(".filters input")].find((i) => i.name === name && i.value === value);

		if (same)
			focusOn(same);
		else
			toHeading();
	};

	/* On the one that took the place of what was clicked, or the last. */
	const toPlace = (selector, link) => {
		const place = [...list.querySelectorAll(selector)].indexOf(link);

		return () => {
			const all = [...list.querySelectorAll(selector)];

			if (all.length)
				focusOn(all[Math.min(place, all.length - 1)]);
			else
				toHeading();
		};
	};

	/* ---- asking ---- */

	const stop = () => {
		clearTimeout(timer);
		asking?.abort();
		asking = null;
	};

	const settle = () => {
		asking = null;
		list.removeAttribute("aria-busy");
	};

	const fetchPage = async (address, signal) => {
		const answer = await fetch(address, { signal });
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");

		if (!page.querySelector(".list"))
			throw new Error(`${answer.status} at ${address}`);
		return page;
	};

	/* Calls `then` with the page, or `otherwise` when it does not come; neither when another is asked for since. */
	const ask = async (address, then, otherwise) => {
		stop();
		const mine = asking = new AbortController();

		list.setAttribute("aria-busy", "true");
		try {
			const page = await fetchPage(address, mine.signal);

			if (mine !== asking)
				return;
			settle();
			setLive(true);
			shown = address;
			then(page);
		} catch (error) {
			if (mine !== asking)
				return;
			settle();
			otherwise(error);
		}
	};

	const pushState = (address) => {
		history.replaceState({ y: scrollY }, "");
		history.pushState(null, "", address);
	};

	/* One typed: nothing is taken out of the hand, whatever happens. */
	const askTyped = () => {
		const address = wanted();

		if (address === shown || box.value.trim().length === LEAST - 1) {
			settle();
			return;
		}
		ask(address, (page) => {
			if (settled)
				pushState(address);
			else
				history.replaceState(null, "", address);
			settled = false;
			take(page);
			tellFound();
		}, () => {
			const trouble = "La liste n’a pas pu être mise à jour. Lancez la recherche pour réessayer.";
			const note = document.createElement("p");

			setLive(false);
			list.querySelector(".trouble")?.remove();
			note.className = "told trouble";
			note.append(trouble);
			list.querySelector(".results-head").after(note);
			tell(trouble);
		});
	};

	/* One chose: a step of history, and the focus where `focus` puts it. */
	const choose = (address, focus, said = tellFound) => {
		const isNew = address !== shown;

		tell("");
		ask(address, (page) => {
			if (isNew)
				pushState(address);
			settled = true;
			takeWords(page);
			take(page);
			focus();
			said();
		}, () => location.assign(address));
	};

	/* ---- what one does ---- */

	box.addEventListener("input", () => {
		stop();
		tell("");
		timer = setTimeout(askTyped, PAUSE);
	});

	form.addEventListener("submit", (event) => {
		if (!live)
			return;
		event.preventDefault();
		/* A keyboard on the screen would hide what was found. */
		choose(wanted(), matchMedia("(pointer: coarse)").matches ? toHeading : () => {});
	});

	list.addEventListener("change", ({ target }) => {
		if (live && target.form === form)
			choose(wanted(), toFilter(target));
	});

	list.addEventListener("click", (event) => {
		const link = event.target.closest("a");

		if (!live || !link || link.hash || link.origin !== location.origin || link.pathname !== location.pathname ||
			event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
			return;
		event.preventDefault();
		const address = link.pathname + link.search;

		if (link.matches(".chosen a"))
			choose(address, toPlace(".chosen a:not(.all)", link));
		else if (link.matches(".sort a"))
			choose(address, toPlace(".sort a", link));
		else if (link.matches(".pages a"))
			choose(address, toHeading, () => tell(list.querySelector(".pages [aria-current]")?.textContent ?? ""));
		else
			choose(address, toHeading);
	});

	document.addEventListener("halle:go", (event) => {
		if (!live || new URL(event.detail, location).pathname !== location.pathname)
			return;
		event.preventDefault();
		choose(event.detail, toHeading);
	});

	addEventListener("popstate", ({ state }) => {
		const address = here();

		if (address === shown)
			return;
		ask(address, (page) => {
			const inside = list.contains(document.activeElement);

			settled = true;
			takeWords(page);
			take(page);
			scrollTo(0, state?.y ?? 0);
			if (inside)
				heading().focus({ preventScroll: true });
			tellFound();
		}, () => location.reload());
	});

	setLive(true);
}
