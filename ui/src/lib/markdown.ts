/**
 * The Markdown of notes, as a tree of what the window draws. HTML stays the text it is, pictures become links, and a link
 * leads nowhere but to http, https and mailto: whatever somebody wrote, nothing of it is ever markup.
 */
import { Lexer, type Token, type Tokens } from "marked";

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "strong"; inside: Inline[] }
  | { kind: "em"; inside: Inline[] }
  | { kind: "del"; inside: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "link"; href: string; inside: Inline[] }
  | { kind: "break" };

export interface Item {
  /** A checkbox, with the place in the source of the character between its brackets. */
  task: { checked: boolean; at: number | null } | null;
  inside: Block[];
}

export type Block =
  | { kind: "paragraph"; inside: Inline[] }
  | { kind: "heading"; level: number; inside: Inline[] }
  | { kind: "list"; ordered: boolean; start: number; items: Item[] }
  | { kind: "quote"; inside: Block[] }
  | { kind: "code"; text: string }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] }
  | { kind: "rule" };

/** Longer notes are shown as they stand: reading Markdown can take long where somebody means it to. */
export const MARKDOWN_MAX_CHARS = 60_000;
/** What is nested deeper is shown as text. */
const DEPTH_MAX_LEVELS = 12;

export function readMarkdown(source: string): Block[] {
  const text = source.replaceAll(/\r\n?/g, "\n");
  if (text.length > MARKDOWN_MAX_CHARS || nestsTooDeep(text)) return asItStands(text);
  try {
    return new Reader(source).blocks(new Lexer({ gfm: true }).lex(source), 0);
  } catch {
    // The lexer recurses; what is made to exhaust it is still somebody's text.
    return asItStands(text);
  }
}

/** The source with one checkbox turned over. */
export function toggleTask(source: string, at: number): string {
  const now = source.charAt(at);
  if (source.charAt(at - 1) !== "[" || source.charAt(at + 1) !== "]") return source;
  return source.slice(0, at) + (now === " " ? "x" : " ") + source.slice(at + 1);
}

/** Where a link may lead, or null. */
export function safeHref(href: string): string | null {
  try {
    const url = new URL(href.trim());
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Quotes and lists within each other cost the lexer time by the square of their depth. */
function nestsTooDeep(text: string): boolean {
  return /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){13}/m.test(text) || /^[ \t]{60}/m.test(text);
}

function asItStands(text: string): Block[] {
  return text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== "")
    .map((part) => ({ kind: "paragraph", inside: lines(part) }));
}

function lines(text: string): Inline[] {
  return text
    .split("\n")
    .flatMap((line, i): Inline[] => [
      ...(i > 0 ? [{ kind: "break" } as const] : []),
      { kind: "text", text: line },
    ]);
}

class Reader {
  readonly #source: string;
  /** Checkboxes are met in the order of the source, so each is looked for behind the one before. */
  #searched = 0;

  constructor(source: string) {
    this.#source = source;
  }

  blocks(tokens: readonly Token[], depth: number): Block[] {
    return tokens.flatMap((token) => this.#block(token as MarkedToken, depth));
  }

  #block(token: MarkedToken, depth: number): Block[] {
    if (depth > DEPTH_MAX_LEVELS) return asItStands(token.raw);
    switch (token.type) {
      case "space":
      case "def":
      case "checkbox":
        return [];
      case "heading":
        return [{ kind: "heading", level: token.depth, inside: inlines(token.tokens) }];
      case "code":
        this.#passOver(token.raw);
        return [{ kind: "code", text: token.text }];
      case "hr":
        return [{ kind: "rule" }];
      case "blockquote":
        return [{ kind: "quote", inside: this.blocks(token.tokens, depth + 1) }];
      case "list":
        return [
          {
            kind: "list",
            ordered: token.ordered,
            start: typeof token.start === "number" ? token.start : 1,
            items: token.items.map((item) => this.#item(item, depth)),
          },
        ];
      case "table":
        return [
          {
            kind: "table",
            head: token.header.map((cell) => inlines(cell.tokens)),
            rows: token.rows.map((row) => row.map((cell) => inlines(cell.tokens))),
          },
        ];
      case "html":
        return asItStands(token.raw.trim());
      case "paragraph":
      case "text":
        return [{ kind: "paragraph", inside: inlines(token.tokens ?? [token]) }];
      default:
        return asItStands((token as Token).raw);
    }
  }

  #item(item: Tokens.ListItem, depth: number): Item {
    const task = item.task
      ? { checked: item.checked === true, at: this.#findBox(item.checked === true) }
      : null;
    return { task, inside: this.blocks(item.tokens, depth + 1) };
  }

  #findBox(checked: boolean): number | null {
    const box = /^(?:[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t])*(?:[-*+]|\d{1,9}[.)])[ \t]+\[([ xX])\][ \t]/gm;
    box.lastIndex = this.#searched;
    const found = box.exec(this.#source);
    if (!found) return null;
    const at = found.index + found[0].lastIndexOf("[") + 1;
    this.#searched = at;
    // Not the one that the lexer saw: better none than another one.
    return (this.#source.charAt(at) !== " ") === checked ? at : null;
  }

  /** What looks like a checkbox in code is none. */
  #passOver(raw: string): void {
    const first = raw.split("\n", 1)[0] ?? "";
    const at = this.#source.indexOf(raw, this.#searched);
    if (at >= 0) this.#searched = at + raw.length;
    else if (first.trim() !== "") {
      const line = this.#source.indexOf(first.trim(), this.#searched);
      // The code was indented in a list; its end is the next line that closes it.
      const close = line < 0 ? -1 : this.#source.indexOf(lastLine(raw), line + first.trim().length);
      if (close >= 0) this.#searched = close;
    }
  }
}

type MarkedToken =
  | Tokens.Space
  | Tokens.Def
  | Tokens.Heading
  | Tokens.Code
  | Tokens.Hr
  | Tokens.Blockquote
  | Tokens.List
  | Tokens.Table
  | Tokens.HTML
  | Tokens.Paragraph
  | Tokens.Text
  | Tokens.Checkbox;

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1)?.trim() ?? "";
}

function inlines(tokens: readonly Token[] | undefined, depth = 0): Inline[] {
  return joined((tokens ?? []).flatMap((token) => inline(token, depth)));
}

function inline(token: Token, depth: number): Inline[] {
  if (depth > DEPTH_MAX_LEVELS) return lines(token.raw);
  const inside = (): Inline[] => inlines("tokens" in token ? (token.tokens ?? []) : [], depth + 1);
  switch (token.type) {
    case "strong":
    case "em":
    case "del":
      return [{ kind: token.type, inside: inside() }];
    case "codespan":
      return [{ kind: "code", text: (token as Tokens.Codespan).text }];
    case "br":
      return [{ kind: "break" }];
    case "link":
      return link((token as Tokens.Link).href, inside());
    case "image": {
      const { href, text } = token as Tokens.Image;
      return link(href, lines(text || href));
    }
    case "escape":
      return [{ kind: "text", text: (token as Tokens.Escape).text }];
    case "checkbox":
      return [];
    case "text": {
      const text = token as Tokens.Text;
      // People end a line where they want it to end.
      return text.tokens ? inlines(text.tokens, depth + 1) : lines(withEntities(text.text));
    }
    default:
      return lines(token.raw);
  }
}

function link(href: string, inside: Inline[]): Inline[] {
  const safe = safeHref(href);
  return safe === null ? inside : [{ kind: "link", href: safe, inside }];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };

function withEntities(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|nbsp);/g, (all, name: string) => ENTITIES[name] ?? all);
}

function joined(parts: readonly Inline[]): Inline[] {
  const all: Inline[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part.kind === "text" && last?.kind === "text")
      all[all.length - 1] = { kind: "text", text: last.text + part.text };
    else all.push(part);
  }
  return all;
}
