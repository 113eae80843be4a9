//! MAN003: a declaration that names another encoding than the bytes are in.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::text::{Encoding, Span, Text};

declare_rule! {
    /// ## What it does
    /// Compares the encoding that the XML declaration names with the one that the bytes of `Manifest.xml`
    /// are in. What is ASCII is the same in most encodings and is not reported.
    ///
    /// ## Why it matters
    /// Letters outside ASCII come out as others, so a folder or script with such a name is not found.
    /// A file that claims to be UTF-16 and is not may not be read at all.
    ///
    /// ## Example
    /// ```xml
    /// <?xml version="1.0" encoding="utf-16"?>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <?xml version="1.0" encoding="utf-8"?>
    /// ```
    ///
    /// ## Fix
    /// The packager names the encoding that the file is in.
    ///
    /// ## References
    /// - W3C, "Extensible Markup Language (XML) 1.0", 4.3.3
    "manifest/foreign-encoding", MAN003, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    let Some(text) = cx.contents.text(file) else { return };
    let Some(span) = declared(text.as_str()) else { return };
    let name = text.slice(span);
    let Some(actual) = contradicted(&text, &name.to_ascii_lowercase()) else { return };
    let edit = Edit::replace(file, span, actual);
    out.push(
        Diagnostic::new(Location::span(file, span), format!("the file says `{name}` and is `{actual}`"))
            .consequence("Letters outside ASCII are read as others, or the file is not read at all.")
            .help("Name the encoding that the file is in.")
            .fix(Fix::safe(format!("Say `{actual}`"), vec![edit])),
    );
}

/// The encoding of a text, when it is not the one that it names.
fn contradicted(text: &Text, name: &str) -> Option<&'static str> {
    let names = |names: &[&str]| names.contains(&name);
    let wide = names(&["utf-16", "utf-16le", "utf-16be", "utf16"]);
    match text.encoding() {
        Encoding::Utf8 if wide => Some("utf-8"),
        Encoding::Utf8 if names(&["utf-8", "utf8"]) || text.as_str().is_ascii() => None,
        Encoding::Utf8 => Some("utf-8"),
        // Several letters beyond ASCII in a row that happen to be one letter of UTF-8 are no chance.
        Encoding::Windows1252 => {
            let bytes = text.encode(text.as_str());
            (!bytes.is_ascii() && str::from_utf8(&bytes).is_ok()).then_some("utf-8")
        }
        Encoding::Utf16Le | Encoding::Utf16Be => (!wide).then_some("utf-16"),
    }
}

/// The name of the encoding in the XML declaration.
fn declared(text: &str) -> Option<Span> {
    let (declaration, _) = text.strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (name, _) = value.get(1..)?.split_once(quote)?;
    let start = "<?xml".len() + declaration.len() - value.len() + 1;
    Some(Span::new(start, start + name.len()))
}
