import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { sprite } from "../build/sprite.ts";

// Draws the pages on made-up data, to look at them: `npm run screens`, then open the address it names.
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [svelte({ configFile: "../svelte.config.js" }), sprite()],
  build: { outDir: "dist", emptyOutDir: true },
  // The desktop's own content policy, so that what breaks it is seen here.
  preview: {
    port: 5185,
    strictPort: true,
    headers: {
      "Content-Security-Policy":
        "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; " +
        "frame-src 'none'; base-uri 'none'; form-action 'none'",
    },
  },
  server: { port: 5184, strictPort: true },
});
