// Short words that come and go, questions, and whatever else stands above the page.

import { $, h, icon } from "./dom.js";

const TOAST_MS = 4500;

export function toast(text) {
  const shown = h("div", { class: "toast" }, text);
  $("toasts").append(shown);
  setTimeout(() => shown.remove(), TOAST_MS);
}

/** Read something out to those who don't see it come. */
export function announce(text) {
  $("news").textContent = text;
}

/** A dialog with these children; it is taken away when it is closed. */
export function dialog(label, kind, ...children) {
  const shown = h("dialog", { class: `dialog ${kind}`, "aria-label": label }, ...children);
  shown.addEventListener("close", () => shown.remove());
  shown.addEventListener("click", (event) => {
    if (event.target === shown) shown.close();
  });
  document.body.append(shown);
  shown.showModal();
  return shown;
}

export function alertBox(text) {
  const close = h("button", { type: "button", class: "solid", onclick: () => box.close() }, "OK");
  const box = dialog("Numberdesk says", "alert", h("p", {}, text), h("div", { class: "row" }, close));
}

export function lightbox(url, alt) {
  const close = h(
    "button",
    { type: "button", class: "round", "aria-label": "Close", onclick: () => box.close() },
    icon("close"),
  );
  const box = dialog(alt, "lightbox", h("img", { src: url, alt }), close);
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied");
  } catch {
    toast(`Copy it by hand: ${text}`);
  }
}
