//! Files for backups, chosen in the system's own dialog.

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until};

#[test]
fn a_backup_is_written_to_and_brought_back_from_a_file_that_is_chosen() {
    if !can_run(
        "a_backup_is_written_to_and_brought_back_from_a_file_that_is_chosen",
        NEEDS,
    ) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let _ = computer.json(&["add", "--plain", "Keep me"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.backup");
    let path = file.to_str().unwrap();
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    display.wait_focused(crate::MAIN);
    display.press(&["ctrl+comma"]);

    choose(&window, &display, "setting-backup", "Backup", path);
    window.click(&window.wait("setting-backup"));
    until("the backup is written", 20, || file.exists());

    choose(
        &window,
        &display,
        "setting-restore",
        "Bring a backup back",
        path,
    );
    window.click(&window.wait("setting-restore"));
    until("the backup is brought back", 20, || {
        let said = window.wait("setting-restore-said");
        window.text(&said).contains("1 task")
    });
}

/// Types a path into the system's dialog; the page has it then.
fn choose(window: &Window, display: &Display, testid: &str, title: &str, path: &str) {
    window.click(&window.wait(&format!("{testid}-choose")));
    display.wait_focused(title);
    // While the dialog comes up, or looks into a folder, it hears some of the keys or none.
    let mut looks = 0;
    until("the file is chosen", 40, || {
        if display.focused().as_deref() == Some(title) {
            match looks % 60 {
                10 => {
                    display.press(&["ctrl+a"]);
                    display.type_text(path);
                }
                20 | 35 | 50 => display.press(&["Return"]),
                _ if looks == 190 => display.picture(std::path::Path::new("/tmp/myshots/fail.png")),
                _ => {}
            }
        }
        looks += 1;
        !display.shows(title)
    });
    until("the page has the file", 20, || {
        window.script(&format!(
            "return document.querySelector('[data-testid={testid}-file]').value"
        )) == path
    });
}
