//! Command lines of msdeploy in a script or a note.

use crate::path::PackagePath;
use crate::text::Span;

/// A file with command lines of msdeploy.
#[derive(Debug)]
pub struct Script {
    /// Where it lies.
    pub path: PackagePath,
    /// What runs it.
    pub shell: Shell,
    /// Its calls of msdeploy.
    pub commands: Vec<Command>,
}

/// What runs a command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// `.cmd`, `.bat`.
    Cmd,
    /// `.ps1`.
    PowerShell,
    /// The file does not tell.
    Unknown,
}

/// A call of msdeploy.
#[derive(Debug)]
pub struct Command {
    /// From the beginning of its line to its end, lines that it goes on included.
    pub span: Span,
    /// What stands between blanks, quotes respected; the program first.
    pub arguments: Vec<Argument>,
}

/// A part of a command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// As written, quotes included.
    pub text: String,
    /// Where.
    pub span: Span,
}

impl Script {
    /// Reads the calls of msdeploy; nothing when there is none.
    pub(super) fn read(path: &PackagePath, text: &str) -> Option<Self> {
        let name = path.name().to_ascii_lowercase();
        let shell = if name.ends_with(".ps1") {
            Shell::PowerShell
        } else if name.ends_with(".txt") {
            Shell::Unknown
        } else {
            Shell::Cmd
        };
        let mut commands = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let span = Span::new(at, logical_end(text, at));
            at = span.end + 1;
            let line = text.get(span.start..span.end).unwrap_or("");
            if is_call(line) {
                commands.push(Command { span, arguments: arguments(line, span.start) });
            }
        }
        (!commands.is_empty()).then(|| Self { path: path.clone(), shell, commands })
    }
}

impl Command {
    /// The first argument that begins so, in any case and with any dash.
    #[must_use]
    pub fn argument(&self, beginning: &str) -> Option<&Argument> {
        self.arguments.iter().find(|argument| {
            let plain = argument.text.trim_start_matches(['"', '\'', '“', '”']).trim_start_matches(is_dash);
            plain.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning))
        })
    }
}

impl Argument {
    /// A part of it, in the file.
    #[must_use]
    pub const fn part(&self, start: usize, end: usize) -> Span {
        Span::new(self.span.start + start, self.span.start + end)
    }

    /// The value after `name=`, without quotes, and where it stands in the argument.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<(&str, usize)> {
        let lower = self.text.to_ascii_lowercase();
        let key = format!("{}=", name.to_ascii_lowercase());
        let start = lower.find(&key)? + key.len();
        let rest = self.text.get(start..)?;
        let body = rest.trim_start_matches(['\\', '`']).trim_start_matches(is_quote);
        let quoted = body.len() < rest.len();
        let end = body.find(|char| is_quote(char) || !quoted && char == ',').unwrap_or(body.len());
        let value = body.get(..end)?;
        Some((value.trim_end_matches(['\\', '`']), start + rest.len() - body.len()))
    }
}

/// Whether a line calls msdeploy: it is no comment, and it says what to do.
fn is_call(line: &str) -> bool {
    let lower = line.trim_start().to_ascii_lowercase();
    let comment = ["rem ", "::", "#", "@rem ", "//"].iter().any(|sign| lower.starts_with(sign));
    !comment && lower.find("msdeploy").is_some_and(|at| lower.get(at..).is_some_and(|rest| rest.contains("verb")))
}

/// The end of a command that begins at `start`: a line that ends with `^` or a backtick goes on.
fn logical_end(text: &str, start: usize) -> usize {
    let mut from = start;
    loop {
        let Some(end) = text.get(from..).and_then(|rest| rest.find('\n')).map(|at| from + at) else {
            return text.len();
        };
        let line = text.get(from..end).unwrap_or("").trim_end_matches('\r');
        if !line.ends_with(['^', '`']) {
            return end;
        }
        from = end + 1;
    }
}

fn arguments(line: &str, offset: usize) -> Vec<Argument> {
    let mut out = Vec::new();
    let mut start: Option<usize> = None;
    let mut quote: Option<char> = None;
    let mut before = ' ';
    for (at, char) in line.char_indices() {
        let opens = is_double(char) || char == '\'' && matches!(before, ' ' | '=' | ':' | ',');
        quote = match quote {
            Some(open) if closes(open, char) => None,
            None if opens => Some(char),
            same => same,
        };
        let blank = quote.is_none() && char.is_whitespace();
        if blank {
            push(line, start.take(), at, offset, &mut out);
        } else {
            start.get_or_insert(at);
        }
        before = char;
    }
    push(line, start, line.len(), offset, &mut out);
    out
}

fn push(line: &str, start: Option<usize>, end: usize, offset: usize, out: &mut Vec<Argument>) {
    let Some(start) = start else { return };
    let text = line.get(start..end).unwrap_or("");
    // What makes a line go on is no argument.
    if !matches!(text, "^" | "`") {
        out.push(Argument { text: text.to_owned(), span: Span::new(offset + start, offset + end) });
    }
}

const fn closes(open: char, char: char) -> bool {
    if open == '\'' { char == '\'' } else { is_double(char) }
}

const fn is_double(char: char) -> bool {
    matches!(char, '"' | '“' | '”' | '„')
}

const fn is_quote(char: char) -> bool {
    is_double(char) || matches!(char, '\'' | '‘' | '’')
}

/// Whether it is a hyphen or what an editor made of one.
#[must_use]
pub const fn is_dash(char: char) -> bool {
    matches!(char, '-' | '‐' | '‑' | '–' | '—' | '−')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(text: &str) -> Option<Script> {
        Script::read(&PackagePath::new("deploy.cmd").unwrap(), text)
    }

    #[test]
    fn reads_the_arguments_of_a_call() {
        let text = "@echo off\r\nrem msdeploy -verb:x\r\n\"C:\\a b\\msdeploy.exe\" -verb:sync ^\r\n  -dest:auto,computerName=\"https://h/x y\",userName='a b'\r\necho done";
        let read = script(text).unwrap();
        let texts: Vec<&str> = read.commands[0].arguments.iter().map(|own| own.text.as_str()).collect();
        assert_eq!(
            texts,
            ["\"C:\\a b\\msdeploy.exe\"", "-verb:sync", "-dest:auto,computerName=\"https://h/x y\",userName='a b'"]
        );
        let destination = read.commands[0].argument("dest:").unwrap();
        assert_eq!(destination.value("computername").map(|found| found.0), Some("https://h/x y"));
        assert_eq!(&text[destination.span.start..destination.span.end], destination.text);
    }

    #[test]
    fn knows_what_is_no_call() {
        assert!(script("msdeploy is not installed here").is_none());
        assert!(script("").is_none());
        assert!(script("rem msdeploy -verb:sync").is_none());
    }
}
