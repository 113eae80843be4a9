//! Markers: whether a requirement counts on the server. Source: PEP 508.

use crate::python::{Bits, Environment};

/// When a requirement counts: `python_version < "3.8" and sys_platform == "win32"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    text: String,
}

impl Marker {
    /// A marker; it is read when it is asked.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.trim().to_owned() }
    }

    /// Both hold.
    #[must_use]
    pub fn and(self, other: &str) -> Self {
        Self { text: format!("({}) and ({other})", self.text) }
    }

    /// Whether it holds on a server, which always is one of Windows. What is not understood holds: a
    /// requirement too many does less harm than one too few. Where the Python is not known, what it
    /// says about Python holds.
    #[must_use]
    pub fn holds(&self, environment: Option<Environment>) -> bool {
        let mut reader = Reader { rest: &self.text, environment, depth: 0 };
        reader.either().unwrap_or(true)
    }
}

/// How deep brackets are followed.
const DEPTH: u32 = 20;

struct Reader<'a> {
    rest: &'a str,
    environment: Option<Environment>,
    depth: u32,
}

impl<'a> Reader<'a> {
    fn either(&mut self) -> Option<bool> {
        let mut value = self.both()?;
        while self.word("or") {
            value |= self.both()?;
        }
        Some(value)
    }

    fn both(&mut self) -> Option<bool> {
        let mut value = self.one()?;
        while self.word("and") {
            value &= self.one()?;
        }
        Some(value)
    }

    fn one(&mut self) -> Option<bool> {
        if self.symbol("(") {
            self.depth += 1;
            if self.depth > DEPTH {
                return None;
            }
            let value = self.either()?;
            self.depth -= 1;
            return self.symbol(")").then_some(value);
        }
        let (left, operator, right) = (self.operand()?, self.operator()?, self.operand()?);
        Some(match (left, right) {
            (Operand::Text(left), Operand::Text(right)) => compare(&left, operator, &right).unwrap_or(true),
            _ => true,
        })
    }

    fn operand(&mut self) -> Option<Operand> {
        self.rest = self.rest.trim_start();
        if let Some(quote) = self.rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            let (text, rest) = self.rest.get(1..)?.split_once(quote)?;
            self.rest = rest;
            return Some(Operand::Text(text.to_owned()));
        }
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.')).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at_checked(end).filter(|(name, _)| !name.is_empty())?;
        self.rest = rest;
        Some(self.variable(name))
    }

    fn variable(&self, name: &str) -> Operand {
        let python = |patch: &str| self.environment.map(|own| format!("{}{patch}", own.version));
        let text = match name {
            "python_version" => python(""),
            // The last of the releases of a version that people still run.
            "python_full_version" | "implementation_version" => python(".9"),
            "os_name" | "os.name" => Some("nt".to_owned()),
            "sys_platform" | "sys.platform" => Some("win32".to_owned()),
            "platform_system" => Some("Windows".to_owned()),
            "platform_machine" | "platform.machine" => match self.environment.and_then(|own| own.bits) {
                Some(Bits::X86) => Some("x86".to_owned()),
                _ => Some("AMD64".to_owned()),
            },
            "implementation_name" => Some("cpython".to_owned()),
            "platform_python_implementation" | "python_implementation" => Some("CPython".to_owned()),
            "extra" => Some(String::new()),
            _ => None,
        };
        text.map_or(Operand::Unknown, Operand::Text)
    }

    fn operator(&mut self) -> Option<&'static str> {
        for operator in ["===", "==", "!=", "<=", ">=", "~=", "<", ">"] {
            if self.symbol(operator) {
                return Some(operator);
            }
        }
        if self.word("in") {
            return Some("in");
        }
        (self.word("not") && self.word("in")).then_some("not in")
    }

    fn symbol(&mut self, symbol: &str) -> bool {
        let Some(rest) = self.rest.trim_start().strip_prefix(symbol) else { return false };
        self.rest = rest;
        true
    }

    fn word(&mut self, word: &str) -> bool {
        let rest: Option<&'a str> = self.rest.trim_start().strip_prefix(word);
        let Some(rest) = rest.filter(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')) else {
            return false;
        };
        self.rest = rest;
        true
    }
}

enum Operand {
    Text(String),
    Unknown,
}

fn compare(left: &str, operator: &str, right: &str) -> Option<bool> {
    match operator {
        "in" => return Some(right.contains(left)),
        "not in" => return Some(!right.contains(left)),
        "===" => return Some(left == right),
        _ => {}
    }
    let (a, (b, any)) = (numbers(left), (numbers(right.trim_end_matches(".*")), right.ends_with(".*")));
    let (Some(a), Some(b)) = (a, b) else {
        return match operator {
            "==" => Some(left == right),
            "!=" => Some(left != right),
            _ => None,
        };
    };
    let width = a.len().max(b.len());
    let wide = |list: &[u32]| list.iter().copied().chain(std::iter::repeat(0)).take(width).collect::<Vec<_>>();
    let starts = |parts: usize| a.iter().take(parts).eq(b.iter().take(parts));
    let (x, y) = (wide(&a), wide(&b));
    Some(match operator {
        "==" if any => starts(b.len()),
        "!=" if any => !starts(b.len()),
        "==" => x == y,
        "!=" => x != y,
        "<" => x < y,
        "<=" => x <= y,
        ">" => x > y,
        ">=" => x >= y,
        _ => x >= y && starts(b.len().saturating_sub(1)),
    })
}

/// `3.12.1` as numbers.
fn numbers(text: &str) -> Option<Vec<u32>> {
    text.trim().split('.').map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::Version;

    #[test]
    fn holds_or_not_on_windows() {
        let old = Environment { version: Version::new(2, 7), bits: Some(Bits::X86) };
        let new = Environment { version: Version::new(3, 12), bits: Some(Bits::X64) };
        for (text, on_old, on_new) in [
            ("python_version < '3'", true, false),
            ("python_version>=\"3.8\" and python_version<\"4.0\"", false, true),
            ("python_version >= '3.10'", false, true),
            ("python_version == '2.7.*' or sys_platform == 'linux'", true, false),
            ("sys_platform == 'win32' and (python_version ~= '3.9' or python_version == '2.7')", true, true),
            ("os_name != 'nt'", false, false),
            ("platform_system == \"Windows\"", true, true),
            ("platform_machine == 'AMD64'", false, true),
            ("platform_python_implementation != 'PyPy'", true, true),
            ("implementation_name == 'pypy'", false, false),
            ("sys_platform not in 'win32 cygwin'", false, false),
            ("python_full_version < '3.12.0'", true, false),
            ("extra == 'test'", false, false),
            ("'linux' in sys_platform", false, false),
            ("python_version in '2.6 2.7 3.2'", true, false),
            ("what_is_this == 'x'", true, true),
            ("python_version", true, true),
            ("", true, true),
        ] {
            let marker = Marker::new(text);
            assert_eq!((marker.holds(Some(old)), marker.holds(Some(new))), (on_old, on_new), "{text}");
        }
        assert!(Marker::new("python_version < '3'").holds(None));
        assert!(!Marker::new("python_version < '3' and sys_platform == 'linux'").holds(None));
        assert!(Marker::new(&"(".repeat(1000)).holds(None));
        assert!(!Marker::new("os_name == 'nt'").and("sys_platform == 'linux'").holds(None));
    }
}
