//! SQL scripts, as far as the rules read them: words and delimiters, without comments.

/// A script.
#[derive(Debug)]
pub struct Script {
    words: Vec<String>,
    lines: Vec<String>,
}

impl Script {
    /// Reads a script. What stands in strings counts: scripts wrap statements in `EXEC('...')`.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let code = without_comments(text);
        let words = code.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '@');
        let words = words.filter(|word| !word.is_empty()).map(str::to_ascii_uppercase).collect();
        Self { words, lines: code.lines().map(|line| line.trim().to_owned()).collect() }
    }

    /// Whether two words stand one after the other.
    #[must_use]
    pub fn says(&self, first: &str, second: &str) -> bool {
        let next = self.words.iter().skip(1);
        self.words.iter().zip(next).any(|(a, b)| a == first && b == second)
    }

    /// The statement in it that Microsoft SQL Server does not run in a transaction, or that makes
    /// one of its own.
    #[must_use]
    pub fn outside_transaction(&self) -> Option<&'static str> {
        if self.words.iter().any(|word| word == "SP_ADDLOGIN") {
            return Some("sp_addlogin");
        }
        let statements = [
            ("CREATE", "LOGIN", "CREATE LOGIN"),
            ("CREATE", "DATABASE", "CREATE DATABASE"),
            ("BEGIN", "TRAN", "BEGIN TRAN"),
            ("BEGIN", "TRANSACTION", "BEGIN TRANSACTION"),
        ];
        statements.into_iter().find(|(first, second, _)| self.says(first, second)).map(|(_, _, name)| name)
    }

    /// The engine that it is written for, by words that the other does not have: `SQL`, `MySQL`.
    /// Nothing when it has no such word, or words of both, or of an engine that Web Deploy does not run.
    #[must_use]
    pub fn looks_like(&self) -> Option<&'static str> {
        const MYSQL: [&str; 7] =
            ["AUTO_INCREMENT", "INNODB", "MYISAM", "UNSIGNED", "MEDIUMTEXT", "LONGTEXT", "UTF8MB4"];
        const SQL_SERVER: [&str; 9] = [
            "IDENTITY",
            "NVARCHAR",
            "UNIQUEIDENTIFIER",
            "DATETIME2",
            "SP_ADDLOGIN",
            "OBJECT_ID",
            "SYSOBJECTS",
            "DBO",
            "SCOPE_IDENTITY",
        ];
        const OTHERS: [&str; 6] = ["AUTOINCREMENT", "PRAGMA", "SERIAL", "BIGSERIAL", "BYTEA", "PLPGSQL"];
        let has = |list: &[&str]| self.words.iter().any(|word| list.contains(&word.as_str()));
        let go = self.lines.iter().any(|line| line.eq_ignore_ascii_case("go"));
        let quoted = self.lines.iter().any(|line| line.contains('`'));
        let mysql = has(&MYSQL) || quoted || self.delimiter().is_some();
        let sql_server = has(&SQL_SERVER) || go || self.says("CREATE", "LOGIN");
        match (mysql, sql_server, has(&OTHERS)) {
            (true, false, false) => Some("MySQL"),
            (false, true, false) => Some("SQL"),
            _ => None,
        }
    }

    /// What separates its statements when that is not a semicolon: `//`, `$$`, or what a line
    /// `DELIMITER` says.
    #[must_use]
    pub fn delimiter(&self) -> Option<&str> {
        let named = self.lines.iter().find_map(|line| {
            let (word, rest) = line.split_once(char::is_whitespace)?;
            Some(rest.trim()).filter(|rest| word.eq_ignore_ascii_case("delimiter") && *rest != ";")
        });
        let used = || ["//", "$$"].into_iter().find(|mark| self.lines.iter().any(|line| ends_with(line, mark)));
        named.or_else(used)
    }
}

/// Whether a line ends a statement with a mark; an address that ends in two slashes does not.
fn ends_with(line: &str, mark: &str) -> bool {
    line.strip_suffix(mark).is_some_and(|before| !before.ends_with([':', '/']))
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut quote = None;
    while let Some(char) = rest.chars().next() {
        let length = match quote {
            None if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            None if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |at| at + "*/".len()),
            _ => char.len_utf8(),
        };
        if length > char.len_utf8() {
            out.push(' ');
        } else {
            if quote == Some(char) {
                quote = None;
            } else if quote.is_none() && matches!(char, '\'' | '"') {
                quote = Some(char);
            }
            out.push(char);
        }
        rest = rest.get(length..).unwrap_or("");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Script;

    #[test]
    fn reads_statements_and_not_comments() {
        let script = Script::read("-- CREATE LOGIN a\n/* BEGIN TRAN */\nEXEC('create  login b -- ')\nGO");
        assert_eq!(script.outside_transaction(), Some("CREATE LOGIN"));
        assert_eq!(Script::read("/* CREATE LOGIN */ SELECT 'it''s' -- BEGIN TRAN").outside_transaction(), None);
        assert!(Script::read("CREATE USER u FOR LOGIN l").says("CREATE", "USER"));
    }

    #[test]
    fn finds_what_separates_statements() {
        for (text, delimiter) in [
            ("DELIMITER $$\nCREATE PROCEDURE p() BEGIN END$$", Some("$$")),
            ("CREATE TABLE t (a INT)\n//\n", Some("//")),
            ("INSERT INTO t VALUES ('http://\n');", None),
            ("SELECT 1;\nDELIMITER ;", None),
        ] {
            assert_eq!(Script::read(text).delimiter(), delimiter, "{text}");
        }
    }
}
