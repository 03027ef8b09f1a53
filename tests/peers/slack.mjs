// A Slack workspace on a free port of this machine, by the npm package `emulate`.
//
// Prints one line of JSON with its address, then subscribes each address that it reads from its
// standard input to the workspace's events, and ends with that input.
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { createEmulator } from "emulate";

const dist = new URL("./node_modules/emulate/dist/", import.meta.url);
// The package tells of no way to subscribe to events: its dispatcher is taken as it is set up.
const module = readdirSync(dist).find(
  (name) => name.startsWith("dist-") && name.endsWith(".js")
    && readFileSync(new URL(name, dist), "utf8").includes("  slackPlugin\n"),
);
const { slackPlugin } = await import(new URL(module, dist).href);
const register = slackPlugin.register;
let dispatcher;
slackPlugin.register = (app, store, webhooks, ...more) => {
  dispatcher = webhooks;
  register(app, store, webhooks, ...more);
};

async function listening(server) {
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return server.address().port;
}

const probe = createServer();
const port = await listening(probe);
await new Promise((done) => probe.close(done));
const seed = JSON.parse(process.argv[2]);
const emulator = await createEmulator({ service: "slack", port, seed: { slack: seed } });

// Slack takes arguments in the query as well, and GET for what reads; the package takes neither.
const front = createServer(async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const url = new URL(request.url, emulator.url);
  const inQuery = url.search.length > 1;
  const type = inQuery ? "application/x-www-form-urlencoded" : request.headers["content-type"];
  const answer = await fetch(`http://127.0.0.1:${port}${url.pathname}`, {
    method: "POST",
    headers: {
      authorization: request.headers.authorization ?? "",
      ...(type ? { "content-type": type } : {}),
    },
    body: inQuery ? url.searchParams.toString() : Buffer.concat(pieces),
  });
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") });
  response.end(await answer.text());
});
console.log(JSON.stringify({ url: `http://127.0.0.1:${await listening(front)}` }));

for await (const url of createInterface({ input: process.stdin })) {
  dispatcher.register({ url, events: ["*"], active: true, owner: "slack" });
  console.log(JSON.stringify({ subscribed: url }));
}
process.exit(0);
