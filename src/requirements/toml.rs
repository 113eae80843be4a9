//! TOML as far as files of requirements use it. What is not understood is passed over.

/// `key = value`, with the table that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// `tool.poetry.dependencies`; each element of an array of tables begins anew.
    pub(super) table: String,
    /// Counts the elements of arrays of tables.
    pub(super) element: usize,
    pub(super) key: String,
    pub(super) value: Value,
    /// From 1.
    pub(super) line: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    /// Each with its line.
    List(Vec<(Self, u32)>),
    Table(Vec<(String, Self)>),
    /// A number, a date, `true`.
    Other(String),
}

impl Value {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What an inline table has by a key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Table(pairs) => pairs.iter().find(|(own, _)| own == key).map(|(_, value)| value),
            _ => None,
        }
    }

    pub(super) fn is_true(&self) -> bool {
        *self == Self::Other("true".to_owned())
    }
}

/// How deep lists and inline tables are followed.
const DEPTH: u32 = 20;

/// Reads every pair of a text.
pub(super) fn read(text: &str) -> Vec<Pair> {
    let mut reader = Reader { text, at: 0, line: 1, depth: 0 };
    let (mut pairs, mut table, mut element) = (Vec::new(), String::new(), 0);
    while let Some(next) = reader.next_statement() {
        if next == '[' {
            let array = reader.eat("[[");
            if !array {
                reader.eat("[");
            }
            table = reader.keys().join(".");
            element += usize::from(array);
            reader.skip_line();
            continue;
        }
        let line = reader.line;
        let mut keys = reader.keys();
        if !reader.eat("=") {
            reader.skip_line();
            continue;
        }
        let value = reader.value();
        if let (Some(key), Some(value)) = (keys.pop(), value) {
            keys.insert(0, table.clone());
            let table = keys.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".");
            pairs.push(Pair { table, element, key, value, line });
        }
        reader.skip_line();
    }
    pairs
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    depth: u32,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn step(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        self.line += u32::from(next == '\n');
        Some(next)
    }

    /// Blanks of a line.
    fn blanks(&mut self) {
        while self.peek().is_some_and(|c| matches!(c, ' ' | '\t' | '\r')) {
            self.step();
        }
    }

    /// Blanks, line ends and comments.
    fn space(&mut self) {
        loop {
            while self.peek().is_some_and(char::is_whitespace) {
                self.step();
            }
            if self.peek() != Some('#') {
                return;
            }
            self.skip_line();
        }
    }

    fn skip_line(&mut self) {
        while self.peek().is_some_and(|c| c != '\n') {
            self.step();
        }
    }

    fn next_statement(&mut self) -> Option<char> {
        self.space();
        self.peek()
    }

    fn eat(&mut self, symbol: &str) -> bool {
        self.blanks();
        let found = self.rest().starts_with(symbol);
        if found {
            self.at += symbol.len();
        }
        found
    }

    /// `a.b."c.d"`
    fn keys(&mut self) -> Vec<String> {
        let mut keys = Vec::new();
        loop {
            self.blanks();
            if self.peek().is_some_and(|c| matches!(c, '"' | '\'')) {
                keys.extend(self.string());
            } else {
                let rest = self.rest();
                let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(rest.len());
                keys.push(rest.get(..end).unwrap_or("").to_owned());
                self.at += end;
            }
            if !self.eat(".") {
                return keys;
            }
        }
    }

    fn value(&mut self) -> Option<Value> {
        if self.depth >= DEPTH {
            return None;
        }
        self.depth += 1;
        let value = self.value_here();
        self.depth -= 1;
        value
    }

    fn value_here(&mut self) -> Option<Value> {
        self.blanks();
        Some(match self.peek()? {
            '"' | '\'' => Value::Text(self.string()?),
            '[' => self.list()?,
            '{' => self.table()?,
            _ => {
                let rest = self.rest();
                let end = rest.find([',', ']', '}', '\n', '#']).unwrap_or(rest.len());
                self.at += end;
                Value::Other(rest.get(..end)?.trim().to_owned())
            }
        })
    }

    fn list(&mut self) -> Option<Value> {
        self.eat("[");
        let mut items = Vec::new();
        loop {
            self.space();
            if self.eat("]") {
                return Some(Value::List(items));
            }
            let line = self.line;
            items.push((self.value()?, line));
            self.space();
            if !self.eat(",") && self.peek() != Some(']') {
                return None;
            }
        }
    }

    fn table(&mut self) -> Option<Value> {
        self.eat("{");
        let mut pairs = Vec::new();
        loop {
            self.space();
            if self.eat("}") {
                return Some(Value::Table(pairs));
            }
            let key = self.keys().join(".");
            if !self.eat("=") {
                return None;
            }
            pairs.push((key, self.value()?));
            self.space();
            if !self.eat(",") && self.peek() != Some('}') {
                return None;
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        let quote = self.peek()?;
        let long = quote.to_string().repeat(3);
        let end = if self.rest().starts_with(&long) { long } else { quote.to_string() };
        self.at += end.len();
        let mut out = String::new();
        while !self.rest().starts_with(&end) {
            match self.step()? {
                '\n' if end.len() == 1 => return None,
                '\\' if quote == '"' => out.push(match self.step()? {
                    'n' => '\n',
                    't' => '\t',
                    other => other,
                }),
                char => out.push(char),
            }
        }
        self.at += end.len();
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_files_of_requirements_have() {
        let text = "top = 1 # why\n[project]\nname = \"shop\"\ndependencies = [\n  \"Flask>=2\", # one\n  'lxml',\n]\n\
                    [tool.poetry.dependencies]\npython = \"^3.8\"\ncelery = { version = \"^5\", extras = [\"redis\"], optional = true }\n\
                    [[package]]\nname = \"a\"\n[[package]]\nname = \"b\"\n[tool.\"x.y\"]\na.b = '''c\nd'''\n";
        let told: Vec<String> = read(text)
            .into_iter()
            .map(|pair| format!("{}:{}/{} {} {:?}", pair.line, pair.element, pair.table, pair.key, pair.value))
            .collect();
        assert_eq!(
            told,
            [
                "1:0/ top Other(\"1\")",
                "3:0/project name Text(\"shop\")",
                "4:0/project dependencies List([(Text(\"Flask>=2\"), 5), (Text(\"lxml\"), 6)])",
                "9:0/tool.poetry.dependencies python Text(\"^3.8\")",
                "10:0/tool.poetry.dependencies celery Table([(\"version\", Text(\"^5\")), (\"extras\", List([(Text(\"redis\"), 10)])), (\"optional\", Other(\"true\"))])",
                "12:1/package name Text(\"a\")",
                "14:2/package name Text(\"b\")",
                "16:2/tool.x.y.a b Text(\"c\\nd\")",
            ]
        );
    }

    #[test]
    fn goes_on_after_what_it_does_not_understand() {
        for text in
            ["= 1\na = 2", "a\n", "[", "[[", "a = [1,\n", "a = {b", "a = \"x\nb = 1", &"a = [".repeat(50), "é = 1"]
        {
            read(text);
        }
        assert_eq!(read("? nonsense\nb = \"1\"").len(), 1);
        let broken = "a = [\"x\n".repeat(50);
        assert_eq!(read(&format!("{broken}b = \"1\"\n")).last().map(|pair| pair.key.as_str()), Some("b"));
    }
}
