import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/** The generated API description, published beside the console. */
const openApi: Plugin = {
  name: "openapi",
  generateBundle() {
    this.emitFile({ type: "asset", fileName: "openapi.json", source: readFileSync(new URL("../docs/reference/openapi.json", import.meta.url)) });
  },
};

/** Built into web/dist, which the laptop's gateway and the console's bucket serve as it is. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [openApi],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    // React's "use client" marks of the libraries mean nothing in a page that has no server rendering.
    rolldownOptions: { onLog: (level, log, report) => log.code !== "MODULE_LEVEL_DIRECTIVE" && report(level, log) },
  },
  server: { proxy: { "/capstan": "http://127.0.0.1:5000" } },
});
