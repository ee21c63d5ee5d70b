// The two ways to the sandbox: requests that do something, and the WebSocket that brings the news.

import { state, topicOf } from "./state.js";
import { toast } from "./notices.js";

const AGAIN = 1000;

async function told(answer) {
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error ?? "The sandbox didn't do that.");
  return body;
}

function place(values) {
  const chat = values.chat ?? state.open;
  return { who: state.who, chat, topic: topicOf(chat), ...values };
}

/** Ask for something; what goes wrong is shown, and `null` comes back. */
export async function ask(act, values = {}) {
  try {
    const body = JSON.stringify(place(values));
    const headers = { "Content-Type": "application/json" };
    return await told(await fetch(`/api/${act}`, { method: "POST", headers, body }));
  } catch (error) {
    toast(error.message);
    return null;
  }
}

export async function upload(files, values) {
  const form = new FormData();
  for (const [name, value] of Object.entries(place(values))) {
    if (value !== null && value !== undefined) form.append(name, value);
  }
  for (const { file, photo } of files) form.append(photo ? "photo" : "document", file, file.name);
  try {
    return await told(await fetch("/api/files", { method: "POST", body: form }));
  } catch (error) {
    toast(error.message);
    return null;
  }
}

let socket = null;

/** Hear the news of whoever we are, again and again until somebody else is listened for. */
export function listen(heard, lost) {
  socket?.close();
  const mine = new WebSocket(`ws://${location.host}/live?who=${encodeURIComponent(state.who)}`);
  socket = mine;
  mine.addEventListener("message", (event) => {
    if (socket === mine) heard(JSON.parse(event.data));
  });
  mine.addEventListener("close", () => {
    if (socket !== mine) return;
    lost();
    setTimeout(() => {
      if (socket === mine) listen(heard, lost);
    }, AGAIN);
  });
}
