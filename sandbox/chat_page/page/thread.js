// The messages of the open chat, kept in step with what is known of them.

import { bubble } from "./bubble.js";
import { $, arrange, dayOf, h } from "./dom.js";
import { announce } from "./notices.js";
import { inShort, me, shownMessages, state, topicOf } from "./state.js";

const NEAR = 120; // pixels from the end within which the view stays at the end
const drawn = new Map(); // by id: the message, whether it was the first of its sender, the element
let shownPlace = "";
let follows = true; // whether the view stays at the newest message

export function drawThread(act) {
  const scroller = $("scroller");
  const place = `${state.who} ${state.open} ${topicOf(state.open)}`;
  const moved = place !== shownPlace;
  shownPlace = place;
  if (moved) drawn.clear();
  if (moved) follows = true;
  const held = $("messages").contains(document.activeElement);
  arrange($("messages"), elements(act));
  if (held && !$("messages").contains(document.activeElement)) scroller.focus();
  if (follows) toEnd();
  $("down").hidden = follows;
}

function elements(act) {
  const found = [];
  let before = null;
  for (const message of shownMessages(state.open)) {
    const day = dayOf(message.date);
    const newDay = before === null || dayOf(before.date) !== day;
    if (newDay) found.push(separator(day));
    const first = newDay || before.note !== null || before.from.id !== message.from.id;
    found.push(elementOf(message, first, act));
    before = message;
  }
  if (!found.length) found.push(h("li", { class: "empty" }, h("span", {}, "Nothing was said here yet.")));
  return found;
}

function elementOf(message, first, act) {
  const known = drawn.get(message.id);
  if (known?.message === message && known.first === first) return known.element;
  const element = bubble(message, first, act);
  if (!known) element.classList.add("new");
  if (known?.element.contains(document.activeElement)) {
    // The focus goes to what stands in its place, or to the message itself.
    const name = document.activeElement.closest("[data-focus]")?.dataset.focus;
    known.element.replaceWith(element);
    const twin = [...element.querySelectorAll("[data-focus]")].find((e) => e.dataset.focus === name);
    (twin ?? element).focus({ preventScroll: true });
  }
  drawn.set(message.id, { message, first, element });
  return element;
}

const separators = new Map();

function separator(day) {
  if (!separators.has(day)) separators.set(day, h("li", { class: "note day" }, h("span", {}, day)));
  return separators.get(day);
}

export function redraw(id, act) {
  const known = drawn.get(id);
  if (known) known.message = null;
  drawThread(act);
}

export function jump(id) {
  const target = drawn.get(id)?.element;
  if (!target) return;
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
  target.classList.add("found");
  setTimeout(() => target.classList.remove("found"), 1500);
}

export function toEnd() {
  $("scroller").scrollTop = $("scroller").scrollHeight;
}

/** Stay at the end while messages, pictures or the foot grow, unless somebody scrolled up. */
export function watchScrolling() {
  const scroller = $("scroller");
  let top = 0;
  scroller.addEventListener("scroll", () => {
    // What grows below moves nothing up: only a person, or a jump, does.
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
    if (atEnd) follows = true;
    else if (scroller.scrollTop < top) follows = false;
    top = scroller.scrollTop;
    $("down").hidden = follows;
  });
  $("down").addEventListener("click", toEnd);
  const grown = new ResizeObserver(() => {
    if (follows) toEnd();
  });
  grown.observe(scroller);
  grown.observe($("messages"));
}

/** Read new messages of others in the open chat out. */
export function readOut(message) {
  if (message.chat !== state.open || message.from?.id === me()?.id) return;
  announce(`${message.from.name}: ${inShort(message)}`);
}
