//! JSON as far as locks use it.

/// A value; numbers and the like say nothing here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    Text(String),
    Object(Vec<(String, Self)>),
    Other,
}

impl Json {
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(pairs) => pairs.iter().find(|(own, _)| own == key).map(|(_, value)| value),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The pairs of an object.
    pub(super) fn pairs(&self) -> &[(String, Self)] {
        match self {
            Self::Object(pairs) => pairs,
            _ => &[],
        }
    }
}

/// How deep objects are followed; locks have four levels.
const DEPTH: u32 = 20;

/// Reads a text; nothing when it is none of JSON.
pub(super) fn read(text: &str) -> Option<Json> {
    let mut reader = Reader { text, at: 0 };
    reader.value(0)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&mut self) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or("");
        let trimmed = rest.trim_start();
        self.at += rest.len() - trimmed.len();
        trimmed
    }

    fn eat(&mut self, symbol: char) -> bool {
        let found = self.rest().starts_with(symbol);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self, depth: u32) -> Option<Json> {
        if depth > DEPTH {
            return None;
        }
        let rest = self.rest();
        match rest.chars().next()? {
            '"' => self.string().map(Json::Text),
            '{' => {
                self.eat('{');
                let mut pairs = Vec::new();
                while !self.eat('}') {
                    let key = self.string()?;
                    if !self.eat(':') {
                        return None;
                    }
                    pairs.push((key, self.value(depth + 1)?));
                    if !self.eat(',') && !self.rest().starts_with('}') {
                        return None;
                    }
                }
                Some(Json::Object(pairs))
            }
            '[' => {
                self.eat('[');
                while !self.eat(']') {
                    self.value(depth + 1)?;
                    if !self.eat(',') && !self.rest().starts_with(']') {
                        return None;
                    }
                }
                Some(Json::Other)
            }
            _ => {
                let end = rest.find([',', '}', ']']).unwrap_or(rest.len());
                self.at += end;
                (end > 0).then_some(Json::Other)
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        let mut chars = self.rest().strip_prefix('"')?.char_indices();
        let mut out = String::new();
        while let Some((at, char)) = chars.next() {
            match char {
                '"' => {
                    self.at += at + 2;
                    return Some(out);
                }
                '\\' => match chars.next()?.1 {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    'u' => {
                        let digits: String = chars.by_ref().take(4).map(|(_, digit)| digit).collect();
                        out.push(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).unwrap_or('\u{fffd}'));
                    }
                    other => out.push(other),
                },
                char => out.push(char),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_locks_and_refuses_the_rest() {
        let text = r#"{"a": {"version": "==1.0", "hashes": ["x", "y"], "n": 1.5}, "b\u0041": "\"q\""}"#;
        let json = read(text).unwrap();
        assert_eq!(json.get("a").unwrap().get("version").unwrap().text(), Some("==1.0"));
        assert_eq!(json.get("bA").unwrap().text(), Some("\"q\""));
        assert_eq!(json.pairs().len(), 2);
        for text in ["", "{", "{\"a\"}", "{\"a\":}", "[1", "\"x", &"{\"a\":".repeat(100)] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
