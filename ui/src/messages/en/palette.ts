/** Search and the command palette. */
export const palette = {} as const;
