// Compiles scss/lintas.scss and scss/kelola.scss to platform/static/css, checks the size budget
// and rewrites the hashes of platform/static/vendor/manifest.json.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const staticDir = join(here, "..", "..", "platform", "static");
const bootstrap = join(here, "node_modules", "bootstrap");
// First page of a topic on a new phone must stay under 60 kB in all; this is the share of the
// stylesheet and of the icons, in bytes after Brotli.
// The workspace's own stylesheet is loaded on its pages only.
const BUDGET = { "css/lintas.css": 11_000, "css/kelola.css": 8_000, "icons/sprite.svg": 5_000 };

const sha256 = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");

const version = JSON.parse(readFileSync(join(bootstrap, "package.json"), "utf8")).version;
const compile = (name) =>
  sass.compile(join(here, "scss", name), {
    loadPaths: [join(here, "node_modules")],
    style: "compressed",
    quietDeps: true,
    charset: false,
    // Bootstrap 5.3 is written with @import; it moves to modules in its next major version.
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  }).css;
const banner =
  `@charset "utf-8";\n/*! Lintas. Includes parts of Bootstrap ${version} (MIT), see vendor/bootstrap/LICENSE. ` +
  "Generated from deploy/assets/scss: do not edit. */\n";
mkdirSync(join(staticDir, "css"), { recursive: true });
writeFileSync(join(staticDir, "css", "lintas.css"), banner + compile("lintas.scss") + "\n");
writeFileSync(
  join(staticDir, "css", "kelola.css"),
  `@charset "utf-8";\n/* Generated from deploy/assets/scss: do not edit. */\n${compile("kelola.scss")}\n`,
);

mkdirSync(join(staticDir, "vendor", "bootstrap"), { recursive: true });
copyFileSync(join(bootstrap, "LICENSE"), join(staticDir, "vendor", "bootstrap", "LICENSE"));
const files = ["css/lintas.css", "vendor/bootstrap/LICENSE"];
// Other entries (scripts vendored as they are) stay; only the one of Bootstrap is ours.
const manifestPath = join(staticDir, "vendor", "manifest.json");
let manifest = [];
try {
  manifest = JSON.parse(readFileSync(manifestPath, "utf8"));
} catch (error) {
  if (error.code !== "ENOENT") throw error;
}
manifest = manifest.filter((entry) => entry.name !== "bootstrap");
manifest.unshift({
  name: "bootstrap",
  version,
  licence: "MIT",
  use: "compiled in part into css/lintas.css",
  files: files.map((path) => ({ path, sha256: sha256(join(staticDir, path)) })),
});
writeFileSync(manifestPath, JSON.stringify(manifest, null, 2) + "\n");

let failed = false;
for (const [path, limit] of Object.entries(BUDGET)) {
  const raw = readFileSync(join(staticDir, path));
  const size = brotliCompressSync(raw).length;
  failed ||= size > limit;
  console.log(`${path}: ${raw.length} bytes, ${size} after Brotli (limit ${limit})`);
}
if (failed) {
  console.error("Over the size budget.");
  process.exit(1);
}
