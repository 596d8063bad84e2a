/* The editor: characters are counted, lists complete after a comma, unsaved text is not left. */
"use strict";

const form = document.querySelector("[data-edit]");

function count(area) {
	const told = document.createElement("p");

	told.className = "form-count";
	area.after(told);
	const tell = () => {
		const n = [...area.value.trim()].length;

		told.textContent = form.dataset.words.replace("%d", n).replace("%d", area.dataset.max);
		told.classList.toggle("is-over", n > Number(area.dataset.max));
	};
	area.addEventListener("input", tell);
	tell();
}

/* A browser proposes whole values: what stands before the last comma is put before each. */
function complete(input) {
	const list = input.list;
	const words = [...list.options].map((option) => option.value);

	input.addEventListener("input", () => {
		const cut = input.value.lastIndexOf(",") + 1;
		const before = cut ? input.value.slice(0, cut) + " " : "";

		if (list.dataset.before === before)
			return;
		list.dataset.before = before;
		words.forEach((word, i) => { list.options[i].value = before + word; });
	});
}

function guard() {
	let changed = Boolean(form.querySelector(".form-errors, .preview, .clash"));

	form.addEventListener("input", () => { changed = true; });
	form.addEventListener("submit", () => { changed = false; });
	addEventListener("beforeunload", (event) => {
		if (changed)
			event.preventDefault();
	});
}

if (form) {
	form.querySelectorAll("textarea[data-max]").forEach(count);
	form.querySelectorAll("input[name=mots], input[name=territoires]").forEach(complete);
	guard();
}
