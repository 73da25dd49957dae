//! The desktop's own way to say how a program is started: `.desktop` files (XDG Desktop Entry 1.5).

use std::io;
use std::path::{Path, PathBuf};

/// An absolute path from this variable, else the place below the home folder.
pub(crate) fn xdg_folder(variable: &str, below_home: &str) -> Option<PathBuf> {
    let absolute = |path: std::ffi::OsString| Some(PathBuf::from(path)).filter(|p| p.is_absolute());
    std::env::var_os(variable).and_then(absolute).or_else(|| {
        std::env::var_os("HOME")
            .and_then(absolute)
            .map(|home| home.join(below_home))
    })
}

/// The program itself, or the image that it was started from.
pub(crate) fn program() -> io::Result<PathBuf> {
    std::env::var_os("APPIMAGE").map_or_else(std::env::current_exe, |image| Ok(image.into()))
}

/// The value of `Exec` that starts a program with these arguments. Paths that are no text cannot be written there.
pub(crate) fn exec(program: &Path, arguments: &[&str]) -> io::Result<String> {
    let program = program.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
    let words = std::iter::once(program).chain(arguments.iter().copied());
    let quoted: Vec<String> = words.map(quote).collect();
    Ok(quoted.join(" "))
}

/// Writes the file whole or not at all. Says whether it was another before.
pub(crate) fn write(path: &Path, lines: &[(&str, &str)]) -> io::Result<bool> {
    let mut text = String::from("[Desktop Entry]\nType=Application\nVersion=1.5\n");
    for (key, value) in lines {
        text.push_str(&format!("{key}={value}\n"));
    }
    if std::fs::read_to_string(path).is_ok_and(|before| before == text) {
        return Ok(false);
    }
    let folder = path.parent().ok_or(io::ErrorKind::InvalidFilename)?;
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    io::Write::write_all(&mut file, text.as_bytes())?;
    file.persist(path)?;
    Ok(true)
}

/// Field codes stay as they are; in anything else a `%` is doubled. The string is escaped twice: once as an argument, once
/// as a value.
fn quote(word: &str) -> String {
    if word == "%u" {
        return word.to_owned();
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:=,@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in word.chars() {
        match c {
            '"' | '`' | '$' => quoted.extend(['\\', '\\', c]),
            '\\' => quoted.push_str("\\\\\\\\"),
            '%' => quoted.push_str("%%"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_as_the_specification_asks() {
        let program = Path::new("/opt/My Rota/rota-desktop");
        let line = exec(
            program,
            &["--hidden", "--data-dir", "/a/$HOME/50%\\\"", "%u"],
        )
        .unwrap();
        assert_eq!(
            line,
            r#""/opt/My Rota/rota-desktop" --hidden --data-dir "/a/\\$HOME/50%%\\\\\\"" %u"#
        );
        assert_eq!(
            exec(Path::new("/usr/bin/rota-desktop"), &[]).unwrap(),
            "/usr/bin/rota-desktop"
        );
    }

    #[test]
    fn a_file_is_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("below/rota.desktop");
        assert!(write(&path, &[("Name", "Rota")]).unwrap());
        assert!(!write(&path, &[("Name", "Rota")]).unwrap());
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(
            text,
            "[Desktop Entry]\nType=Application\nVersion=1.5\nName=Rota\n"
        );
    }
}
