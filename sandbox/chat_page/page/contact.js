// A contact from the address book, written by hand.

import { h } from "./dom.js";
import { ask } from "./net.js";
import { dialog } from "./notices.js";

export function contactForm() {
  const name = h("input", { id: "contact-name", required: true, autocomplete: "off" });
  const number = h("input", { id: "contact-number", required: true, inputmode: "tel", autocomplete: "off", placeholder: "+44 7400 123456" });
  const fields = h(
    "form",
    { method: "dialog", class: "fields" },
    h("h2", {}, "Send a contact"),
    h("label", { for: "contact-name" }, "Name"),
    name,
    h("label", { for: "contact-number" }, "Number"),
    number,
    h(
      "div",
      { class: "row" },
      h("button", { type: "button", class: "soft", onclick: () => box.close() }, "Cancel"),
      h("button", { type: "submit", class: "solid" }, "Send"),
    ),
  );
  fields.addEventListener("submit", () => ask("contact", { name: name.value, number: number.value }));
  const box = dialog("Send a contact", "form", fields);
  name.focus();
}
