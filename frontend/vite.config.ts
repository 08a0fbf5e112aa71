// Builds the pages' scripts and styles into the Python package; the manifest tells the templates their names.
import { defineConfig } from "vite";
import { precompress } from "./precompress";

const ENTRIES = ["main", "resident", "map", "pin", "place", "plan", "chart", "redline", "matter-map", "offline"];
const SHARED = new RegExp(
  "frontend/src/(?:(?:typed|tab-typed|draft|word|map-ahead|confirm|copy|elder|file|file-[a-z]+|network|scroll)\\.ts" +
    "|(?:tokens|frame|forms|components|ahead|place-map)\\.css)|preload-helper|rolldown.runtime",
);

export default defineConfig({
  // Relative, so that the address under which the files are served stays the server's setting.
  base: "./",
  build: {
    outDir: "../src/shige/static",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    // Data addresses in styles would need a wider content policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: ENTRIES.map((name) => `src/${name}.ts`),
      // One file of what most pages share: a browser opens six connections at once, and on a slow line what waits
      // for a free one waits for half a second.
      output: { codeSplitting: { groups: [{ name: "common", test: SHARED }] } },
    },
  },
  // The map's worker is a module file of our own address: no blob is needed.
  worker: { format: "es" },
  plugins: [precompress()],
});
