import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { catalogues } from "./build/catalogues.ts";
import { chunks } from "./build/chunks.ts";
import { sprite } from "./build/sprite.ts";

// Two pages: the window, and the small quick-add window that the tray opens.
export default defineConfig({
  base: "./",
  plugins: [svelte(), catalogues(), sprite()],
  build: {
    // Old web views: WebKitGTK 2.40 and the WebView2 of its year.
    target: ["safari16", "chrome110"],
    modulePreload: { polyfill: false },
    // Nothing is inlined as a data: address, so the content policy can stay at 'self'.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ["index.html", "quick-add.html"],
      output: { codeSplitting: { groups: chunks() } },
    },
  },
  server: { port: 5183, strictPort: true },
  resolve: process.env.VITEST ? { conditions: ["browser"] } : {},
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
  },
});
