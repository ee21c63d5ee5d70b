// What one says: text, files, contacts, commands, as an answer or not.

import { contactForm } from "./contact.js";
import { $, arrange, h, icon, sizeOf } from "./dom.js";
import { ask, upload } from "./net.js";
import { toast } from "./notices.js";
import { inShort, messagesOf, openChat, state } from "./state.js";

const MOST = 64_000_000;
const tray = []; // files that were picked and are not sent: { file, photo }
const drafts = new Map(); // by chat
let place = null;
let mode = "";

export function drawFoot(act) {
  const chat = openChat();
  const wanted = !chat ? "" : chat.kind !== "private" ? "write" : chat.status;
  const now = wanted === "unknown" || wanted === "kicked" ? wanted : wanted && "write";
  if (now !== mode) {
    mode = now;
    $("foot").replaceChildren(...(FEET[now]?.(act) ?? []));
  }
  if (mode !== "write") return;
  if (place !== `${state.who} ${state.open}`) enter();
  drawReply();
  $("slash").hidden = !chat.commands.length;
}

const big = (label, act) => h("button", { type: "button", class: "solid wide", onclick: act }, label);

const FEET = {
  unknown: () => [big("Start", () => ask("say", { text: "/start" }))],
  kicked: () => [big("Unblock the bot", () => ask("unblock"))],
  write: (act) => form(act),
};

function form(act) {
  place = null;
  const pick = h("input", { type: "file", id: "pick", multiple: true, hidden: true });
  pick.addEventListener("change", () => {
    take(pick.files);
    pick.value = "";
  });
  const field = h("textarea", {
    id: "field",
    rows: "1",
    placeholder: "Message or numbers",
    "aria-label": "Message",
    autocomplete: "off",
  });
  field.addEventListener("input", () => typed(act));
  field.addEventListener("keydown", (event) => keyed(event, act));
  field.addEventListener("paste", pasted);
  return [
    h("div", { class: "menu", id: "menu", hidden: true }),
    h("div", { class: "answering", id: "answering", hidden: true }),
    h("ul", { class: "tray", id: "tray", "aria-label": "Files to send", hidden: true }),
    h(
      "div",
      { class: "compose" },
      round("plus", "Attach", () => toggle("attach", attachMenu())),
      field,
      h("span", { id: "slash", hidden: true }, round("slash", "Commands", () => toggle("commands", commandMenu("", act)))),
      round("send", "Send", send, "send"),
      pick,
    ),
  ];
}

function round(picture, label, onclick, kind = "") {
  const attributes = { type: "button", class: `round ${kind}`, "aria-label": label, title: label };
  return h("button", { ...attributes, onclick }, icon(picture));
}

function enter() {
  if (place !== null) drafts.set(place, $("field").value);
  place = `${state.who} ${state.open}`;
  $("field").value = drafts.get(place) ?? "";
  tray.length = 0;
  closeMenu();
  drawTray();
  grow();
}

function grow() {
  const field = $("field");
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 180)}px`;
}

function typed(act) {
  grow();
  const start = /^\/(\w*)$/.exec($("field").value);
  if (start) openMenu("commands", commandMenu(start[1], act));
  else closeMenu();
}

function keyed(event, act) {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send();
  } else if (event.key === "Escape") {
    if (!$("menu").hidden) closeMenu();
    else act.reply(null);
  } else if (event.key === "ArrowUp" && !$("menu").hidden) {
    event.preventDefault();
    $("menu").querySelector("button:last-of-type")?.focus();
  }
}

function pasted(event) {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  take(files, true);
}

/** Put files into the tray; pictures from the clipboard are sent as pictures. */
export function take(files, fromClipboard = false) {
  if (mode !== "write") return toast("Start the chat first.");
  for (const file of files) {
    if (file.size > MOST) toast(`${file.name} is larger than this sandbox takes.`);
    else tray.push({ file, photo: fromClipboard && /^image\/(png|jpeg)$/.test(file.type) });
  }
  drawTray();
  return $("field").focus();
}

function drawTray() {
  $("tray").hidden = !tray.length;
  const items = tray.map((item) => {
    const leave = () => {
      tray.splice(tray.indexOf(item), 1);
      drawTray();
      $("field").focus();
    };
    const label = `Leave ${item.file.name} out`;
    const close = h("button", { type: "button", class: "round tiny", "aria-label": label, onclick: leave }, icon("close"));
    return h("li", {}, icon("file"), h("span", { class: "cut" }, item.file.name), h("small", {}, sizeOf(item.file.size)), close);
  });
  arrange($("tray"), items);
}

async function send() {
  const text = $("field").value;
  const files = tray.splice(0);
  if (!text.trim() && !files.length) return;
  const reply = state.reply[state.open] ?? null;
  $("field").value = "";
  state.reply[state.open] = null;
  closeMenu();
  drawTray();
  drawReply();
  grow();
  $("field").focus();
  const values = { text, reply };
  const done = files.length ? await upload(files, values) : await ask("say", values);
  if (done === null && !$("field").value) $("field").value = text;
}

function drawReply() {
  const message = messagesOf(state.open).get(state.reply[state.open]);
  $("answering").hidden = !message;
  if (!message) return;
  const leave = () => {
    state.reply[state.open] = null;
    drawReply();
    $("field").focus();
  };
  $("answering").replaceChildren(
    icon("reply"),
    h("span", { class: "cut" }, h("b", {}, `${message.from.name} `), inShort(message)),
    h("button", { type: "button", class: "round tiny", "aria-label": "Don't reply", onclick: leave }, icon("close")),
  );
}

function toggle(kind, items) {
  if (!$("menu").hidden && $("menu").dataset.kind === kind) return closeMenu();
  openMenu(kind, items);
  return $("menu").querySelector("button")?.focus();
}

function openMenu(kind, items) {
  $("menu").dataset.kind = kind;
  $("menu").replaceChildren(...items);
  $("menu").hidden = !items.length;
}

export function closeMenu() {
  if ($("menu")) $("menu").hidden = true;
}

function item(picture, label, about, onclick) {
  const run = () => {
    closeMenu();
    onclick();
  };
  return h(
    "button",
    { type: "button", class: "item", onclick: run, onkeydown: walk },
    picture ? icon(picture) : null,
    h("b", {}, label),
    about ? h("span", {}, about) : null,
  );
}

function walk(event) {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (event.key === "Escape") {
    closeMenu();
    $("field").focus();
  } else if (step) {
    event.preventDefault();
    (event.currentTarget[step] ?? $("field")).focus();
  }
}

function attachMenu() {
  const items = [
    item("file", "Files", "or drop them anywhere here", () => $("pick").click()),
    item("person", "Contact", "a name and a number", contactForm),
  ];
  if (openChat().kind === "private") return items;
  return [...items, item("people", "Name the bot", "so that it hears you here", nameBot)];
}

function nameBot() {
  const field = $("field");
  const { username } = openChat().bot;
  field.setRangeText(`/check@${username} `, field.selectionStart, field.selectionEnd, "end");
  field.focus();
}

function commandMenu(start, act) {
  const { kind, bot, commands } = openChat();
  const offered = commands.filter(({ command }) => command.startsWith(start));
  const addressee = kind === "private" ? "" : `@${bot.username}`; // as clients do where bots are
  return offered.map(({ command, description }) =>
    item(null, `/${command}`, description, () => {
      $("field").value = "";
      act.say(`/${command}${addressee}`);
      $("field").focus();
    }),
  );
}
