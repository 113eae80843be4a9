//! JSON as text: values that are written, never read.

/// A value of JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// A string.
    Text(String),
    /// A whole number.
    Number(u64),
    /// `true` or `false`.
    Truth(bool),
    /// An array.
    List(Vec<Self>),
    /// An object; its keys stand in this order.
    Object(Vec<(&'static str, Self)>),
}

impl Json {
    /// A string.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The value over several lines, indented by two blanks a level.
    #[must_use]
    pub fn print(&self) -> String {
        let mut out = String::new();
        self.write(0, &mut out);
        out.push('\n');
        out
    }

    fn write(&self, depth: usize, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(&string(text)),
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::Truth(truth) => out.push_str(if *truth { "true" } else { "false" }),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    next(index, depth, out);
                    item.write(depth + 1, out);
                }
                close(items.is_empty(), depth, ']', out);
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    next(index, depth, out);
                    out.push_str(&string(key));
                    out.push_str(": ");
                    value.write(depth + 1, out);
                }
                close(members.is_empty(), depth, '}', out);
            }
        }
    }
}

fn next(index: usize, depth: usize, out: &mut String) {
    out.push_str(if index == 0 { "\n" } else { ",\n" });
    out.push_str(&"  ".repeat(depth + 1));
}

fn close(empty: bool, depth: usize, bracket: char, out: &mut String) {
    if !empty {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
    out.push(bracket);
}

/// A text as a string of JSON, with its quotes. Controls and what has no shape are spelled out.
#[must_use]
pub fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => out.extend(['\\', char]),
            '\n' => out.push_str("\\n"),
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
                escape(char, &mut out);
            }
            c if c.is_control() => escape(c, &mut out),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn escape(char: char, out: &mut String) {
    out.push_str(&format!("\\u{:04x}", u32::from(char)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_json_is() {
        let value = Json::Object(vec![
            ("a", Json::List(vec![Json::Number(1), Json::Truth(true)])),
            ("b", Json::Object(Vec::new())),
            ("c", Json::text("\"\\\n\t\u{202e}ü😀")),
        ]);
        assert_eq!(
            value.print(),
            "{\n  \"a\": [\n    1,\n    true\n  ],\n  \"b\": {},\n  \"c\": \"\\\"\\\\\\n\\u0009\\u202eü😀\"\n}\n"
        );
    }
}
