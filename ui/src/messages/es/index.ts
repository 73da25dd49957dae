import type { Catalogue } from "../language.svelte.ts";

export const es: Catalogue = {};
