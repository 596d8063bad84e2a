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
