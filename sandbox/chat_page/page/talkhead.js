// The head of the conversation: where one is, what one can do there, and a forum's topics.

import { $, h, icon } from "./dom.js";
import { ask } from "./net.js";
import { openChat, state, topicOf } from "./state.js";
import { avatar } from "./sidebar.js";

let shown = "";

export function drawHead(act) {
  const chat = openChat();
  const now = JSON.stringify([chat && { ...chat, commands: 0 }, state.doing[state.open], topicOf(state.open)]);
  if (now === shown) return;
  shown = now;
  const focused = document.activeElement?.closest("#talkhead [data-focus], #topics [data-focus]");
  const name = focused?.dataset.focus;
  $("talkhead").replaceChildren(...(chat ? head(chat, act) : []));
  drawTopics(chat, act);
  if (name) document.querySelector(`#talk [data-focus="${name}"]`)?.focus();
}

function head(chat, act) {
  return [
    tool("back", "Back to the chats", act.toList, "round narrow"),
    avatar(chat),
    h(
      "div",
      { class: "where" },
      h("h2", {}, chat.title),
      h("p", { class: state.doing[chat.key] ? "doing" : "" }, state.doing[chat.key] ?? about(chat)),
    ),
    ...actions(chat),
    tool("levers", "Services and faults", act.toPanel, "round medium"),
  ];
}

function about(chat) {
  if (chat.kind === "private") return chat.status === "kicked" ? "bot · blocked by you" : "bot";
  const kind = { group: "group", supergroup: "supergroup", forum: "forum" }[chat.kind];
  const names = chat.members.map((member) => member.name + (member.admin ? " (admin)" : ""));
  return `${kind} · ${[chat.bot.name, ...names].join(", ")}`;
}

function actions(chat) {
  if (chat.kind === "private" && chat.status === "member") {
    return [tool("block", "Block the bot", () => ask("block"), "round")];
  }
  if (chat.kind === "group" && chat.admin) {
    return [tool("rise", "Make it a supergroup", () => ask("upgrade"), "round")];
  }
  return [];
}

function tool(picture, label, onclick, kind) {
  const attributes = { type: "button", class: kind, "aria-label": label, title: label, onclick };
  return h("button", { ...attributes, "data-focus": picture }, icon(picture));
}

function drawTopics(chat, act) {
  const forum = chat?.kind === "forum";
  $("topics").hidden = !forum;
  if (!forum) return;
  const all = [{ id: null, name: "General" }, ...chat.topics];
  const buttons = all.map(({ id, name }) =>
    h(
      "button",
      {
        type: "button",
        class: "topic",
        "data-focus": `topic-${id}`,
        "aria-current": String(topicOf(chat.key) === id),
        onclick: () => act.toTopic(id),
      },
      name,
    ),
  );
  $("topics").replaceChildren(...buttons);
}
