import { runnerImport, type Plugin } from "vite";

type Sentences = Readonly<Record<string, string>>;
type Module = Readonly<Record<string, Sentences>>;

/**
 * In the product the other languages are the sentences alone, in the order of the English names: written out in each
 * language, the names would be a third of the sentences' weight.
 */
export function catalogues(): Plugin {
  return {
    name: "catalogues",
    apply: "build",
    async load(id) {
      const code = /\/src\/messages\/(de|es|ar)\/index\.ts$/.exec(id)?.[1];
      if (code === undefined) return null;
      const [english, own] = await Promise.all(
        ["en", code].map(async (of) => {
          const { module } = await runnerImport<Module>(id.replace(/\w+\/index\.ts$/, `${of}/index.ts`));
          return module[of] ?? {};
        }),
      );
      const list = Object.keys(english ?? {}).map((name) => own?.[name] ?? null);
      return `export const ${code} = ${JSON.stringify(list)};`;
    },
  };
}
