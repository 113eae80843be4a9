//! Passwords in addresses: `postgres://shop:s3cret@db.example.net/shop`.

use super::{Kind, Secret, guard};
use crate::text::Span;

/// Passwords longer than this are other text, and shorter ones stand in explanations.
const LONGEST: usize = 200;

/// The password of the address whose colon stands here.
pub(super) fn at(text: &str, at: usize) -> Option<Secret> {
    let start = at + 3;
    let rest = text.get(at..)?.strip_prefix("://")?;
    let part = rest.split(|char: char| char.is_whitespace() || "/\"'`<>\\,;?#".contains(char)).next()?;
    let (credentials, host) = part.rsplit_once('@')?;
    let (user, password) = credentials.split_once(':')?;
    let is_used = (5..=LONGEST).contains(&password.len())
        && password != user
        && !password.contains(['{', '}', '(', ')', '|', '['])
        && !guard::is_placeholder(password)
        && !is_documentation(host);
    is_used.then(|| Secret {
        span: Span::new(start + user.len() + 1, start + credentials.len()),
        kind: Kind::AddressPassword,
        name: None,
    })
}

/// What stands between the user and the host of the address whose colon stands here.
pub(super) fn password(line: &str, at: usize) -> Option<Span> {
    let start = at + 3;
    let part = line.get(start..)?.split(|char: char| char.is_whitespace() || "/\"'`<>".contains(char)).next()?;
    let (credentials, _) = part.rsplit_once('@')?;
    let (user, password) = credentials.split_once(':')?;
    (!password.is_empty()).then(|| Span::new(start + user.len() + 1, start + credentials.len()))
}

/// Hosts that are kept for documentation, and those that stand for any.
fn is_documentation(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or(host);
    let ends = ["example.com", "example.org", "example.net", ".example", ".invalid", ".test"];
    ends.iter().any(|end| name.ends_with(end)) || matches!(name, "host" | "hostname" | "server" | "domain" | "")
}
