// What the page knows. The server tells everything; the page keeps only what it looks at.

export const state = {
  who: sessionStorage.getItem("who") ?? "anna",
  open: null, // the chat that is shown
  topics: {}, // by chat: the topic that is written to; null is the general one
  people: [],
  chats: [],
  panel: null,
  messages: new Map(), // by chat, then by id, oldest first
  unread: {},
  doing: {}, // by chat: what the bot does at the moment
  reply: {}, // by chat: the message that is answered
  fresh: true, // nothing was told yet to whom we are now
};

export const me = () => state.people.find((person) => person.key === state.who);
export const chatOf = (key) => state.chats.find((chat) => chat.key === key);
export const openChat = () => chatOf(state.open);
export const worldNow = () => Date.now() / 1000 + (state.panel?.offset ?? 0);
export const topicOf = (key) => state.topics[key] ?? null;

export function messagesOf(key) {
  if (!state.messages.has(key)) state.messages.set(key, new Map());
  return state.messages.get(key);
}

export function shownMessages(key) {
  const all = [...messagesOf(key).values()];
  if (chatOf(key)?.kind !== "forum") return all;
  return all.filter((message) => (message.topic ?? null) === topicOf(key));
}

export function forget() {
  state.messages.clear();
  state.unread = {};
  state.doing = {};
  state.reply = {};
  state.chats = [];
  state.fresh = true;
}

/** A message in one line, for lists and quotes. */
export function inShort(message) {
  if (message.note) return message.note;
  if (message.text) return message.text;
  if (message.contact) return message.contact.first_name;
  if (message.file) return message.file.kind === "photo" ? "Picture" : message.file.name;
  return "";
}
