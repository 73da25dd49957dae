/** Tells the style sheets whether the desktop is dark: web views on Linux do not always report it themselves. */
import { getCurrentWindow, type Theme } from "@tauri-apps/api/window";

export function followTheme(): void {
  const media = matchMedia("(prefers-color-scheme: dark)");
  const show = (theme: Theme): void => {
    document.documentElement.dataset.theme = theme;
  };
  const fromMedia = (): void => show(media.matches ? "dark" : "light");
  fromMedia();
  media.addEventListener("change", fromMedia);
  void followWindow(show);
}

async function followWindow(show: (theme: Theme) => void): Promise<void> {
  try {
    await getCurrentWindow().onThemeChanged((event) => show(event.payload));
  } catch {
    // A page outside the desktop has only the media query, and that is followed already.
  }
}
