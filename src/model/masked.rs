//! The form of an installer without the passwords that a package carries: reports are passed on.

use super::install::{Field, FieldKind, Install};

/// What stands for a password; always as long, so that its length does not show either.
const DOTS: &str = "••••••";

impl Install {
    /// The form with dots in the place of passwords, in defaults and in what entries replace.
    #[must_use]
    pub fn masked(mut self) -> Self {
        for field in &mut self.fields {
            let secret = is_secret(field);
            let mask = |text: &str| if secret && !text.is_empty() { DOTS.to_owned() } else { hide(text) };
            field.default = field.default.as_deref().map(mask);
            for hit in field.runs.iter_mut().flat_map(|run| &mut run.hits).filter(|hit| hit.provider.is_none()) {
                hit.text = mask(&hit.text);
            }
        }
        self
    }
}

fn is_secret(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Password | FieldKind::NewPassword)
        || field.tags.iter().any(|tag| tag.to_ascii_lowercase().contains("password"))
}

/// A connection string without the value of `Password` or `Pwd`; a reference stays, it is no password.
fn hide(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some((start, end)) = next_password(&lower, at) {
        out.push_str(text.get(at..start).unwrap_or(""));
        let value = text.get(start..end).unwrap_or("");
        out.push_str(if value.trim().is_empty() || value.trim_start().starts_with('{') { value } else { DOTS });
        at = end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// Where the value of the next password stands, from `at` on.
fn next_password(lower: &str, at: usize) -> Option<(usize, usize)> {
    let rest = lower.get(at..)?;
    let starts = ["password=", "pwd="].iter().filter_map(|key| rest.find(key).map(|found| at + found + key.len()));
    let start = starts.min()?;
    let length = lower.get(start..)?.find([';', '"', '\'', '&', '\n']).unwrap_or(lower.len() - start);
    Some((start, start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_the_password_of_a_connection_string_and_nothing_else() {
        for (text, shown) in [
            ("Server=x;Uid=y;Pwd=secret;Database=z", "Server=x;Uid=y;Pwd=••••••;Database=z"),
            ("PASSWORD=secret", "PASSWORD=••••••"),
            ("Password={dbPassword};Pwd=", "Password={dbPassword};Pwd="),
            ("Default Web Site/shop", "Default Web Site/shop"),
        ] {
            assert_eq!(hide(text), shown);
        }
    }
}
