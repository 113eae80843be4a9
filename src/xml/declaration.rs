//! The XML declaration, which readers take very exactly.

/// What is wrong with a declaration (`<?xml ... ?>`), to stand as a message.
pub(super) fn problem(declaration: &str) -> Option<&'static str> {
    let mut rest = declaration.strip_prefix("<?xml")?.strip_suffix("?>")?;
    for (name, required) in [("version", true), ("encoding", false), ("standalone", false)] {
        let body = rest.trim_start();
        let Some(after) = body.strip_prefix(name) else {
            if required {
                return Some("the XML declaration does not begin with `version`");
            }
            continue;
        };
        if body.len() == rest.len() {
            return Some("a blank is missing in the XML declaration");
        }
        let value = after.trim_start().strip_prefix('=').map(str::trim_start);
        let quote = value.and_then(|value| value.chars().next()).filter(|c| matches!(c, '"' | '\''));
        let split = value.zip(quote).and_then(|(value, quote)| value.get(1..)?.split_once(quote));
        let Some((_, left)) = split else { return Some("a value of the XML declaration is not in straight quotes") };
        rest = left;
    }
    (!rest.trim().is_empty())
        .then_some("the XML declaration has more than version, encoding and standalone, in this order")
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn takes_what_the_grammar_takes() {
        for (declaration, right) in [
            ("<?xml version=\"1.0\"?>", true),
            ("<?xml version = '1.0'\n encoding='utf-8' standalone=\"yes\" ?>", true),
            ("<?xml version=\"1.0\"encoding=\"utf-8\"?>", false),
            ("<?xml encoding=\"utf-8\"?>", false),
            ("<?xml encoding=\"utf-8\" version=\"1.0\"?>", false),
            ("<?xml version=“1.0”?>", false),
            ("<?xml version=\"1.0\" lang=\"en\"?>", false),
        ] {
            assert_eq!(problem(declaration).is_none(), right, "{declaration}");
        }
    }
}
