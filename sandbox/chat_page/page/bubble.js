// One message: a bubble, the buttons below it, and what can be done with it.

import { clockOf, h, icon, sizeOf } from "./dom.js";
import { ask } from "./net.js";
import { alertBox, copy, lightbox, toast } from "./notices.js";
import { rich } from "./rich.js";
import { chatOf, inShort, me, openChat, state } from "./state.js";

const pressing = new Set();

/** The element of a message. `first`: the one before is somebody else's; `act` does things. */
export function bubble(message, first, act) {
  if (message.note) return h("li", { class: "note" }, h("span", {}, message.note));
  const mine = message.from.id === me()?.id;
  const group = chatOf(message.chat)?.kind !== "private";
  const classes = ["message", mine ? "mine" : "theirs", first ? "first" : "", message.album ? "album" : ""];
  return h(
    "li",
    { class: classes.join(" ").trim(), "data-id": message.id, tabindex: "-1" },
    h(
      "div",
      { class: "stack" },
      h(
        "article",
        { class: "bubble", "aria-label": `${mine ? "You" : message.from.name}, ${clockOf(message.date)}` },
        group && !mine && first ? sender(message) : null,
        message.reply ? quote(message.reply, act) : null,
        message.file ? attachment(message) : null,
        message.contact ? contact(message.contact) : null,
        message.text ? words(message, act) : null,
        meta(message),
      ),
      message.keyboard.length ? keyboard(message, act) : null,
    ),
    replyButton(message, act),
  );
}

function sender(message) {
  const tint = message.from.bot ? "bot" : `tint${message.from.name.charCodeAt(0) % 4}`;
  return h("p", { class: `sender ${tint}` }, message.from.name);
}

function quote(reply, act) {
  return h(
    "button",
    { type: "button", class: "quote", "data-focus": "quote", onclick: () => act.jump(reply.id) },
    h("span", { class: "quoted" }, reply.name),
    h("span", { class: "cut" }, reply.text || "A message"),
  );
}

function words(message, act) {
  const commands = message.from.bot ? (openChat()?.commands ?? []) : [];
  const known = new Set(commands.map(({ command }) => command));
  const text = rich(message.text, message.entities, { known, run: act.say, visit: act.visitOwn });
  const language = message.from.bot ? me()?.language : null;
  return h("div", { class: "words", dir: "auto", lang: language }, text);
}

function attachment(message) {
  const { file } = message;
  if (file.kind === "photo") {
    const alt = `Picture from ${message.from.name}${message.text ? `: ${message.text.split("\n")[0]}` : ""}`;
    const image = h("img", { src: file.url, alt, width: file.width || null, height: file.height || null });
    const open = () => lightbox(file.url, alt);
    return h("button", { type: "button", class: "photo", "data-focus": "photo", onclick: open }, image);
  }
  return h(
    "a",
    { class: "file", "data-focus": "file", href: `${file.url}?save`, download: file.name },
    h("span", { class: "fileicon" }, icon("save")),
    h(
      "span",
      { class: "filetext" },
      h("span", { class: "filename" }, file.name),
      h("span", { class: "filesize" }, sizeOf(file.size)),
    ),
  );
}

function contact(card) {
  return h(
    "div",
    { class: "contact" },
    h("span", { class: "fileicon" }, icon("person")),
    h(
      "span",
      { class: "filetext" },
      h("span", { class: "filename" }, card.first_name),
      h("span", { class: "filesize" }, card.phone_number),
    ),
  );
}

function meta(message) {
  const reactions = message.reactions.map((sign) => h("span", { class: "reaction" }, sign));
  const edited = message.edited === null ? null : h("span", {}, "edited ");
  return h("p", { class: "meta" }, reactions, edited, h("time", {}, clockOf(message.date)));
}

function keyboard(message, act) {
  const rows = message.keyboard.map((row, number) =>
    h("div", { class: "keys" }, row.map((button, column) => key(message, button, number, column, act))),
  );
  return h("div", { class: "keyboard", role: "group", "aria-label": "Buttons of this message" }, rows);
}

const LOOKS = { copy: "copy", url: "out" };

function key(message, button, row, column, act) {
  const busy = pressing.has(`${message.id} ${button.text}`);
  const element = h(
    "button",
    {
      type: "button",
      class: ["key", button.style ?? "", busy ? "busy" : ""].join(" ").trim(),
      "data-focus": button.text.replace(/[\d.,\s·]+$/, "") || button.text,
      disabled: button.kind === "disabled",
      lang: me()?.language,
      onclick: () => tapped(element, message, button, row, column, act),
    },
    h("span", {}, button.text),
    LOOKS[button.kind] ? icon(LOOKS[button.kind]) : null,
  );
  return element;
}

async function tapped(element, message, button, row, column, act) {
  if (button.kind === "copy") return copy(button.value);
  if (button.kind === "url") return act.visit(button.value);
  const name = `${message.id} ${button.text}`;
  if (pressing.has(name)) return null;
  pressing.add(name);
  element.classList.add("busy");
  const { chat, id } = message;
  const place = { who: state.who, chat, message: id };
  const answer = await ask("press", { ...place, row, column, label: button.text });
  pressing.delete(name);
  element.classList.remove("busy");
  act.redraw(id);
  if (answer?.late) return toast("The bot hasn't answered.");
  if (answer?.url) return act.visit(answer.url);
  if (!answer?.text) return null;
  return answer.alert ? alertBox(answer.text) : toast(answer.text);
}

function replyButton(message, act) {
  const label = `Reply to “${inShort(message).slice(0, 40)}”`;
  return h(
    "button",
    {
      type: "button",
      class: "round answer",
      "data-focus": "answer",
      "aria-label": label,
      title: "Reply",
      onclick: () => act.reply(message.id),
    },
    icon("reply"),
  );
}
