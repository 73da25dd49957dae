import type { Catalogue } from "../language.svelte.ts";

export const ar: Catalogue = {};
