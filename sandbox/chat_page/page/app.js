// Joins the parts: the news comes in, what changed is drawn, and what is done goes out.

import { closeMenu, drawFoot, take } from "./composer.js";
import { $ } from "./dom.js";
import { ask, listen } from "./net.js";
import { toast } from "./notices.js";
import { drawPanel } from "./panel.js";
import { drawIdentity, drawList, watchIdentity } from "./sidebar.js";
import { chatOf, forget, me, messagesOf, openChat, state } from "./state.js";
import { drawHead } from "./talkhead.js";
import { drawThread, jump, readOut, redraw, watchScrolling } from "./thread.js";

const DOING = {
  typing: "typing…",
  upload_document: "sending a file…",
  upload_photo: "sending a picture…",
};
const DOING_MS = 5000;
const WIDE = matchMedia("(min-width: 760px)");
const doing = new Map();

const view = (name) => {
  document.body.dataset.view = name;
};

const act = {
  say: (text) => ask("say", { text }),
  jump,
  redraw: (id) => redraw(id, act),
  visit,
  visitOwn,
  reply(id) {
    state.reply[state.open] = id;
    draw();
    $("field")?.focus();
  },
  toList() {
    view("list");
    $("chats").querySelector("[aria-current=true]")?.focus();
  },
  toTalk() {
    view("talk");
    $("field")?.focus();
  },
  toPanel() {
    view("panel");
    $("panel").querySelector("button, input")?.focus();
  },
  toTopic(id) {
    state.topics[state.open] = id;
    draw();
  },
};

function draw() {
  drawIdentity();
  drawList(enter);
  drawHead(act);
  drawThread(act);
  drawFoot(act);
  drawPanel(act);
  const unread = Object.values(state.unread).reduce((sum, count) => sum + count, 0);
  document.title = `${unread ? `(${unread}) ` : ""}Numberdesk · sandbox`;
}

function enter(key) {
  state.open = key;
  state.unread[key] = 0;
  sessionStorage.setItem("open", key);
  view("talk");
  draw();
  $("field")?.focus();
}

/** Follow a link to our own bot, as clients do: its chat opens and is started. */
function visitOwn(address) {
  const url = new URL(address, location.href);
  const bot = openChat()?.bot.username.toLowerCase();
  if (url.hostname !== "t.me" || url.pathname.slice(1).toLowerCase() !== bot) return false;
  enter("private");
  const start = url.searchParams.get("start");
  if (start) ask("say", { text: `/start ${start}` });
  return true;
}

function visit(address) {
  if (visitOwn(address)) return;
  if (/^https?:/.test(address)) open(address, "_blank", "noopener,noreferrer");
}

function heard(news) {
  if (state.fresh) state.messages.clear();
  for (const piece of news) {
    if (piece.type === "message") received(piece.message);
    else if (piece.type === "action") isDoing(piece.chat, piece.action);
    else state[piece.type] = piece[piece.type];
  }
  if (state.fresh) arrived();
  state.fresh = false;
  document.body.classList.remove("lost");
  draw();
}

function arrived() {
  const kept = state.open ?? sessionStorage.getItem("open");
  state.open = chatOf(kept) ? kept : state.chats[0].key;
  if (WIDE.matches && document.body.dataset.view === "list") view("talk");
}

function received(message) {
  const known = messagesOf(message.chat);
  const isNew = !known.has(message.id);
  if (message.deleted) known.delete(message.id);
  else known.set(message.id, message);
  if (!isNew || message.deleted || state.fresh) return;
  if (message.from?.bot) stops(message.chat);
  const seen = message.chat === state.open && document.body.dataset.view !== "list";
  if (!seen && message.from?.id !== me()?.id) {
    state.unread[message.chat] = (state.unread[message.chat] ?? 0) + 1;
  }
  readOut(message);
}

function isDoing(chat, action) {
  state.doing[chat] = DOING[action] ?? "working…";
  clearTimeout(doing.get(chat));
  doing.set(chat, setTimeout(() => {
    stops(chat);
    draw();
  }, DOING_MS));
}

function stops(chat) {
  clearTimeout(doing.get(chat));
  delete state.doing[chat];
}

function lost() {
  if (!document.body.classList.contains("lost")) toast("The sandbox can't be reached. Trying again…");
  document.body.classList.add("lost");
  state.fresh = true;
}

function becomes(who) {
  state.who = who;
  sessionStorage.setItem("who", who);
  forget();
  closeMenu();
  listen(heard, lost);
}

function watchDropping() {
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    $("drop").hidden = false;
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) $("drop").hidden = true;
  });
  addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    $("drop").hidden = true;
    take(event.dataTransfer.files);
  });
}

history.replaceState(null, "", "/"); // the key is in the cookie now, and needn't stand in the address
watchIdentity(becomes);
watchDropping();
watchScrolling();
$("to-panel").addEventListener("click", act.toPanel);
document.addEventListener("click", (event) => {
  if (!event.target.closest("#foot")) closeMenu();
});
listen(heard, lost);
