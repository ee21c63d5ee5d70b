// Telegram's formatting: a text and what is marked in it, made into elements.

import { h } from "./dom.js";
import { me, worldNow } from "./state.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const LITERAL = new Set(["code", "pre", "text_link", "url", "mention", "bot_command"]);
const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s" };
const SAFE_LINK = /^(https?:|mailto:|tel:)/i;
// What clients find in a text by themselves: addresses, and commands in a bot's messages.
const FOUND = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]|(?<![\w/])\/[a-z0-9_]{1,32}(?:@\w+)?(?![\w/])/g;

/**
 * The nodes of a text. `links` tells which commands can be tapped (`known`), what does so (`run`),
 * and what follows an address (`visit`).
 */
export function rich(text, entities, links) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return within(text, 0, text.length, sorted, links);
}

function within(text, start, end, entities, links) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length; ) {
    const entity = entities[index];
    const until = Math.min(entity.offset + entity.length, end);
    let next = index + 1;
    while (next < entities.length && entities[next].offset < until) next += 1;
    nodes.push(...plain(text.slice(at, entity.offset), links));
    const inside = LITERAL.has(entity.type) ? null : links;
    const inner = within(text, entity.offset, until, entities.slice(index + 1, next), inside);
    nodes.push(element(entity, text.slice(entity.offset, until), inner, links));
    at = until;
    if (BLOCKS.has(entity.type) && text[at] === "\n") at += 1; // the block itself ends the line
    index = next;
  }
  nodes.push(...plain(text.slice(at, end), links));
  return nodes;
}

function plain(text, links) {
  const nodes = [];
  let at = 0;
  for (const match of links ? text.matchAll(FOUND) : []) {
    const found = match[0];
    if (found.startsWith("/") && !links.known.has(found.slice(1).split("@")[0])) continue;
    const made = found.startsWith("/") ? command(found, links) : link(found, [found], links);
    nodes.push(text.slice(at, match.index), made);
    at = match.index + found.length;
  }
  nodes.push(text.slice(at));
  return nodes.filter((node) => node !== "");
}

function command(name, links) {
  return h("button", { type: "button", class: "inlink", onclick: () => links.run(name) }, name);
}

function element(entity, text, inner, links) {
  switch (entity.type) {
    case "code":
      return h("code", {}, inner);
    case "pre":
      return h("pre", { "data-language": entity.language ?? null }, h("code", {}, inner));
    case "blockquote":
      return h("blockquote", {}, inner);
    case "expandable_blockquote":
      return expandable(inner);
    case "spoiler":
      return spoiler(inner);
    case "text_link":
      return link(entity.url, inner, links);
    case "url":
      return link(text, inner, links);
    case "bot_command":
      return links ? command(text, links) : h("span", {}, inner);
    case "mention":
      return h("span", { class: "mention" }, inner);
    case "date_time":
      return moment(entity, text);
    default:
      return h(TAGS[entity.type] ?? "span", {}, inner);
  }
}

function link(url, inner, links) {
  if (!SAFE_LINK.test(url)) return h("span", {}, inner);
  const follow = (event) => {
    if (links?.visit(url)) event.preventDefault();
  };
  const safe = { target: "_blank", rel: "noopener noreferrer" };
  return h("a", { href: url, ...safe, onclick: follow }, inner);
}

function expandable(inner) {
  const quote = h("blockquote", { class: "folded" }, h("div", {}, inner));
  const more = h("button", { type: "button", class: "inlink", "aria-expanded": "false" }, "Show all");
  more.addEventListener("click", () => {
    const folded = quote.classList.toggle("folded");
    more.setAttribute("aria-expanded", String(!folded));
    more.textContent = folded ? "Show all" : "Show less";
  });
  quote.append(more);
  return quote;
}

function spoiler(inner) {
  const hidden = h("span", { class: "spoilt", "aria-hidden": "true" }, inner);
  const button = h(
    "button",
    { type: "button", class: "spoiler", "aria-label": "Hidden text, show it" },
    hidden,
  );
  button.addEventListener("click", () => button.replaceWith(h("span", { class: "shown" }, inner)));
  return button;
}

function moment(entity, text) {
  const form = entity.date_time_format ?? "";
  const when = new Date(entity.unix_time * 1000);
  const shown = form ? written(when, form) : text;
  return h("time", { datetime: when.toISOString(), title: text }, shown);
}

function written(when, form) {
  const language = me()?.language ?? "en";
  if (form === "r") {
    const minutes = Math.round((when / 1000 - worldNow()) / 60);
    const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
    return Math.abs(minutes) < 90
      ? relative.format(minutes, "minute")
      : relative.format(Math.round(minutes / 60), "hour");
  }
  const options = {};
  if (form.includes("w")) options.weekday = "long";
  if (form.includes("d")) Object.assign(options, { day: "2-digit", month: "2-digit", year: "2-digit" });
  if (form.includes("D")) Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (/[tT]/.test(form)) Object.assign(options, { hour: "2-digit", minute: "2-digit" });
  if (form.includes("T")) options.second = "2-digit";
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, options).format(when);
}
