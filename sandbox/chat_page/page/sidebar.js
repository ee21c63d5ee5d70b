// Who I am, in which language, and the chats there are.

import { $, arrange, clockOf, h, icon } from "./dom.js";
import { ask } from "./net.js";
import { inShort, me, messagesOf, state } from "./state.js";

const PICTURES = { private: null, group: "people", supergroup: "people", forum: "topics" };
const rows = new Map();

export function drawIdentity() {
  const people = state.people.map((person) =>
    h("option", { value: person.key }, `${person.name}, ${person.role}`),
  );
  const select = $("who");
  if (select.options.length !== people.length) select.replaceChildren(...people);
  select.value = state.who;
  $("about").textContent = me()?.about ?? "";
  if (me()) $("language").value = me().language;
}

export function watchIdentity(becomes) {
  $("who").addEventListener("change", () => becomes($("who").value));
  $("language").addEventListener("change", () => ask("language", { language: $("language").value }));
  $("identity").addEventListener("submit", (event) => event.preventDefault());
}

export function drawList(open) {
  const items = state.chats.map((chat) => {
    if (!rows.has(chat.key)) rows.set(chat.key, row(chat.key, open));
    fill(rows.get(chat.key), chat);
    return rows.get(chat.key);
  });
  arrange($("chats"), items);
}

function row(key, open) {
  return h("li", {}, h("button", { type: "button", class: "chat", onclick: () => open(key) }));
}

function fill(item, chat) {
  const button = item.firstElementChild;
  const last = [...messagesOf(chat.key).values()].at(-1);
  const unread = state.unread[chat.key] ?? 0;
  const doing = state.doing[chat.key];
  button.setAttribute("aria-current", String(chat.key === state.open));
  button.replaceChildren(
    avatar(chat),
    h(
      "span",
      { class: "chattext" },
      h("span", { class: "chattitle" }, chat.title),
      h("span", { class: doing ? "preview doing" : "preview" }, doing ?? preview(chat, last)),
    ),
    h(
      "span",
      { class: "chatside" },
      h("span", { class: "chattime" }, last ? clockOf(last.date) : ""),
      unread ? h("span", { class: "badge" }, String(unread), h("span", { class: "sr" }, " unread")) : null,
    ),
  );
}

function preview(chat, last) {
  if (!last) return chat.status === "unknown" ? "Not started yet" : "No messages";
  const who = last.note ? "" : last.from.id === me()?.id ? "You: " : "";
  return who + inShort(last).split("\n")[0];
}

export function avatar(chat) {
  const picture = PICTURES[chat.kind];
  if (!picture) return h("span", { class: "avatar" }, h("img", { src: "/page/mark.svg", alt: "" }));
  return h("span", { class: `avatar ${chat.kind}` }, icon(picture));
}
