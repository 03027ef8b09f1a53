// Draws blocks from a JSON file ({"name": [blocks, ...]}) into PNG files, one for each name.
//
//   node draw.mjs blocks.json folder
//
// Everything comes from npm: the renderer, the browser, and fonts for both Chinese scripts.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

import chromium from "@sparticuz/chromium";
import puppeteer from "puppeteer-core";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Message } from "slack-blocks-to-jsx";

const require = createRequire(import.meta.url);
const WIDTH = 760;
const [source, folder] = process.argv.slice(2);

const style = await readFile(require.resolve("slack-blocks-to-jsx/dist/style.css"), "utf8");

function fonts() {
  return ["sc:chinese-simplified", "tc:chinese-traditional"].flatMap((each) => {
    const [script, subset] = each.split(":");
    const home = path.dirname(require.resolve(`@fontsource/noto-sans-${script}/package.json`));
    return [400, 700].flatMap((weight) =>
      [subset, "latin", "latin-ext"].map((part) => {
        const file = path.join(home, "files", `noto-sans-${script}-${part}-${weight}-normal.woff2`);
        return `@font-face{font-family:"Noto ${script} ${part}";font-weight:${weight};` +
          `src:url("${pathToFileURL(file)}") format("woff2")}`;
      }),
    );
  }).join("\n");
}

function family(name) {
  const [first, second] = name.includes("Hant") ? ["tc", "sc"] : ["sc", "tc"];
  const subset = { sc: "chinese-simplified", tc: "chinese-traditional" };
  return [`sc latin`, `sc latin-ext`, `${first} ${subset[first]}`, `${second} ${subset[second]}`]
    .map((each) => `"Noto ${each}"`).join(",");
}

function page(name, messages) {
  const drawn = messages.map((blocks) =>
    renderToStaticMarkup(
      createElement(Message, { blocks, logo: "data:,", name: "KAM", theme: "light", time: new Date(0) }),
    ),
  );
  return `<!doctype html><meta charset="utf-8"><style>${fonts()}
    ${style}
    body{margin:0;padding:12px;width:${WIDTH - 24}px;background:#fff}
    body *{font-family:${family(name)},sans-serif!important}
    pre,pre *{font-family:"Noto sc latin",${family(name)},monospace!important}
    img{visibility:hidden}</style><body>${drawn.join("<hr>")}</body>`;
}

const all = JSON.parse(await readFile(source, "utf8"));
await mkdir(folder, { recursive: true });
const browser = await puppeteer.launch({
  args: [...chromium.args, "--allow-file-access-from-files"],
  executablePath: await chromium.executablePath(),
  headless: "shell",
});
try {
  const tab = await browser.newPage();
  await tab.setViewport({ width: WIDTH, height: 400, deviceScaleFactor: 1 });
  for (const [name, messages] of Object.entries(all)) {
    const html = path.resolve(folder, `${name}.html`);
    await writeFile(html, page(name, messages));
    await tab.goto(pathToFileURL(html).href, { waitUntil: "networkidle0" });
    await tab.evaluate(() => document.fonts.ready.then(() => true));
    await tab.screenshot({ path: path.resolve(folder, `${name}.png`), fullPage: true });
  }
} finally {
  await browser.close();
}
