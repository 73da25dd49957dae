/** @type {import("@sveltejs/vite-plugin-svelte").SvelteConfig} */
export default {
  compilerOptions: {
    runes: true,
    // Short, for it stands at every element that a component styles.
    cssHash: ({ css, hash }) => `s${hash(css).slice(0, 5)}`,
  },
};
