import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// Draws the pages on made-up data, to look at them: `npm run screens`, then open the address it names.
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [svelte({ configFile: "../svelte.config.js" })],
  build: { outDir: "dist", emptyOutDir: true },
  server: { port: 5184, strictPort: true },
});
