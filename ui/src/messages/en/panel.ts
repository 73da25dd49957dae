/** The task panel and the pickers. */
export const panel = {} as const;
