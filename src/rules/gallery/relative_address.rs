//! GAL003: an address in the gallery's form that is not absolute.

use crate::diagnostic::{Diagnostic, Location};
use crate::publish::FormData;
use crate::rules::Context;
use crate::rules::support::shown;

declare_rule! {
    /// ## What it does
    /// Looks whether each address of the gallery's form begins with `http://` or `https://` and names a host.
    /// The addresses are `urls` of `form` in the options; what is not given is not judged.
    ///
    /// ## Why it matters
    /// The form asks for whole addresses of the web: of the application's site, of its support, of the package.
    ///
    /// ## Example
    /// ```json
    /// { "form": { "urls": { "support": "www.example.com/support" } } }
    /// ```
    ///
    /// ## Use instead
    /// ```json
    /// { "form": { "urls": { "support": "https://www.example.com/support" } } }
    /// ```
    ///
    /// ## Fix
    /// None: the addresses are not in the package.
    ///
    /// ## References
    /// - Microsoft, the submission form of the Web App Gallery
    "gallery/relative-address", GAL003, gallery: Warning, webdeploy: Off
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (name, address) in &cx.form.urls {
        let address = address.trim();
        if address.is_empty() || is_absolute(address) {
            continue;
        }
        let message = format!("`{}` is no absolute address of the web", shown(address));
        out.push(
            Diagnostic::new(Location::raw(&FormData::place(&format!("urls.{name}"))), message)
                .consequence("The gallery's form takes whole addresses only.")
                .help("Begin it with `https://` or `http://` and the name of the host."),
        );
    }
}

fn is_absolute(address: &str) -> bool {
    let after = |scheme: &str| {
        let (head, rest) = address.split_at_checked(scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then_some(rest)
    };
    let Some(rest) = after("https://").or_else(|| after("http://")) else { return false };
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or("");
    host.starts_with(|char: char| char.is_alphanumeric() || char == '[') && !host.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_an_absolute_address_of_the_web() {
        for address in
            ["https://example.com", "HTTP://me@example.com:8080/a b?c#d", "http://[::1]/", "https://müller.example"]
        {
            assert!(is_absolute(address), "{address}");
        }
        for address in ["example.com", "//example.com", "https:/example.com", "https:///a", "ftp://example.com", "é"] {
            assert!(!is_absolute(address), "{address}");
        }
    }
}
