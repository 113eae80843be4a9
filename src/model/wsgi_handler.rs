//! `WSGI_HANDLER` as wfastcgi reads it: `part ( "." part )+`, a part is a name with or without `()`.
//! Source: wfastcgi 3.0.0, `get_wsgi_handler`.

/// A handler that wfastcgi can look up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WsgiHandler {
    /// Dotted name of the module, as far as the last dot tells.
    pub module: String,
    /// The name in it.
    pub object: String,
    /// Whether it is called, and its result is the application.
    pub call: bool,
}

/// Why wfastcgi cannot look up a handler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandlerProblem {
    /// There is nothing.
    Empty,
    /// `module:object`, as other servers write it.
    Colon,
    /// A file name instead of a module.
    FileName,
    /// A slash or a backslash.
    Slash,
    /// A blank.
    Blank,
    /// Something in the parentheses.
    Arguments,
    /// No dot, so no object in the module.
    NoDot,
    /// A part that is not a Python name.
    Name(String),
}

impl WsgiHandler {
    /// Reads a handler.
    pub fn parse(text: &str) -> Result<Self, HandlerProblem> {
        if text.trim().is_empty() {
            return Err(HandlerProblem::Empty);
        }
        if text.contains(char::is_whitespace) {
            return Err(HandlerProblem::Blank);
        }
        if text.contains(['/', '\\']) {
            return Err(HandlerProblem::Slash);
        }
        if text.contains(':') {
            return Err(HandlerProblem::Colon);
        }
        if text.ends_with(".py") {
            return Err(HandlerProblem::FileName);
        }
        let parts = text.split('.');
        for part in parts.clone() {
            let name = part.strip_suffix("()").unwrap_or(part);
            if name.contains(['(', ')']) && part.ends_with(')') && part.matches('(').count() == 1 {
                return Err(HandlerProblem::Arguments);
            }
            if !is_identifier(name) {
                return Err(HandlerProblem::Name(part.to_owned()));
            }
        }
        let (module, object) = text.rsplit_once('.').ok_or(HandlerProblem::NoDot)?;
        let call = object.ends_with("()");
        Ok(Self { module: module.to_owned(), object: object.trim_end_matches("()").to_owned(), call })
    }
}

fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_') && chars.all(|c| c.is_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_wfastcgi_reads() {
        let handler = WsgiHandler::parse("django.core.wsgi.get_wsgi_application()").unwrap();
        assert_eq!(
            (handler.module.as_str(), handler.object.as_str(), handler.call),
            ("django.core.wsgi", "get_wsgi_application", true)
        );
        assert!(!WsgiHandler::parse("app.app").unwrap().call);
    }

    #[test]
    fn says_why_it_cannot_be_looked_up() {
        for (text, problem) in [
            (" ", HandlerProblem::Empty),
            ("app:app", HandlerProblem::Colon),
            ("app.py", HandlerProblem::FileName),
            ("shop/app.app", HandlerProblem::Slash),
            ("app. app", HandlerProblem::Blank),
            ("app.make('x')", HandlerProblem::Arguments),
            ("app", HandlerProblem::NoDot),
            ("app.app)", HandlerProblem::Name("app)".to_owned())),
            ("app..x", HandlerProblem::Name(String::new())),
            ("2app.x", HandlerProblem::Name("2app".to_owned())),
        ] {
            assert_eq!(WsgiHandler::parse(text), Err(problem), "{text}");
        }
    }
}
