//! XPath 1.0 on our own trees: what an `XmlFile` entry of Web Deploy replaces.
//!
//! The whole grammar is read, so that a mistake is told from what is only not judged here.

mod evaluate;
mod nodes;
mod parse;

use super::Document;
use crate::text::Span;

/// An expression that can be run.
#[derive(Debug)]
pub struct XPath {
    text: String,
    expression: Expr,
    /// The names of elements without a prefix, where they stand in the text.
    names: Vec<Span>,
}

/// Why a text is no XPath.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// A clause.
    pub message: String,
    /// The byte where it shows.
    pub at: usize,
}

/// A node that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it stands: of an attribute the value, of anything else all of it.
    pub span: Span,
    /// Its text.
    pub value: String,
}

impl XPath {
    /// Reads an expression.
    pub fn read(text: &str) -> Result<Self, Mistake> {
        parse::read(text)
    }

    /// The nodes that it gives, in the order of the document; why not, when it is not judged.
    pub fn select(&self, document: &Document) -> Result<Vec<Found>, &'static str> {
        evaluate::select(&self.expression, document)
    }

    /// Whether it names elements without a prefix, which are not found in a namespace.
    #[must_use]
    pub fn has_plain_names(&self) -> bool {
        !self.names.is_empty()
    }

    /// The same with every element by its `local-name()`, so that a namespace does not matter.
    #[must_use]
    pub fn with_local_names(&self) -> String {
        let mut out = String::new();
        let mut last = 0;
        for name in &self.names {
            let (before, own) = (self.text.get(last..name.start), self.text.get(name.start..name.end));
            out.push_str(&format!("{}*[local-name()='{}']", before.unwrap_or(""), own.unwrap_or("")));
            last = name.end;
        }
        out.push_str(self.text.get(last..).unwrap_or(""));
        out
    }
}

#[derive(Debug)]
enum Expr {
    Binary(Op, Box<Self>, Box<Self>),
    Negative(Box<Self>),
    Text(String),
    Number(f64),
    Call(String, Vec<Self>),
    Path(Start, Vec<Step>),
    /// Something that is not judged, and why.
    Unknown(&'static str),
}

#[derive(Debug)]
enum Start {
    Context,
    Root,
    Of(Box<Expr>, Vec<Expr>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Minus,
    /// `+`, `*`, `div`, `mod`, which no entry needs.
    Arithmetic,
    Union,
}

#[derive(Debug)]
struct Step {
    axis: Axis,
    test: Test,
    predicates: Vec<Expr>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    Child,
    Attribute,
    Descendant,
    DescendantOrSelf,
    Own,
    Parent,
    Ancestor,
    AncestorOrSelf,
    Unknown,
}

#[derive(Debug)]
enum Test {
    /// `*`.
    Any,
    Name(String),
    /// A name with a prefix, which nothing declares here.
    Prefixed,
    /// `node()`.
    Node,
    Text,
    Comment,
    /// `processing-instruction()`, which the tree does not keep.
    Instruction,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml;

    const CONFIG: &str = "<configuration><!-- c --><appSettings><add key='a' value='1'/><add key='b' value='2'/>\
        </appSettings><x:y xmlns:x='u'>t&amp;u</x:y><location path='p'><appSettings><add key='c'/></appSettings>\
        </location></configuration>";

    fn select(text: &str, path: &str) -> Vec<String> {
        let path = XPath::read(path).unwrap_or_else(|mistake| panic!("{path}: {mistake:?}"));
        let found = path.select(&xml::read(text)).unwrap_or_else(|why| panic!("{why}"));
        found.into_iter().map(|found| text.get(found.span.start..found.span.end).unwrap_or("?").to_owned()).collect()
    }

    #[test]
    fn finds_what_an_entry_names() {
        for (path, expected) in [
            ("/configuration/appSettings/add[@key='b']/@value", &["2"][..]),
            ("//add[@key='b' or @key=\"a\"]/@value", &["1", "2"]),
            ("//appSettings/add[1]/@key", &["a", "c"]),
            ("(//add)[last()]/@key", &["c"]),
            ("//add[position()>1]/@key", &["b"]),
            ("//add[@value=2]/@key", &["b"]),
            ("//add[not(@value)]/@*", &["c"]),
            ("//*[local-name()='y']/text()", &["t&amp;u"]),
            ("//*[name()='x:y' and namespace-uri()='u']/text()", &["t&amp;u"]),
            ("//y", &[]),
            ("/configuration/comment()", &["<!-- c -->"]),
            ("//location/@path | //add[@key='a']/@value", &["1", "p"]),
            ("//add[starts-with(@key,'b')]/../add[contains(@value, '1')]/@value", &["1"]),
            ("descendant::add[count(../add)=2][2]/@key", &["b"]),
            ("/descendant-or-self::node()/child::add/attribute::key[. != 'a']", &["b", "c"]),
            ("/configuration/*/node()/@key", &["a", "b"]),
            ("//add[../../self::location]/@key", &["c"]),
            ("//add[normalize-space(@key)='c' and 1 < 2]/@key", &["c"]),
            ("//appSettings/add[last()-1]/@key", &["a"]),
        ] {
            assert_eq!(select(CONFIG, path), expected, "{path}");
        }
    }

    #[test]
    fn says_what_is_no_xpath() {
        for path in [
            "",
            "/a/",
            "//",
            "/a[",
            "/a[@b='c]",
            "a b",
            "/a[@b=='c']",
            "a::b",
            "contains(@a, )",
            "/a[]",
            "@",
            "(a",
            "/configuration\\a",
            "a[1]]",
        ] {
            assert!(XPath::read(path).is_err(), "{path}");
        }
    }

    #[test]
    fn leaves_unchecked_what_it_does_not_know() {
        let document = xml::read(CONFIG);
        for path in ["//add/following::x", "//p:add", "//add[matches(@a, 'b')]", "//add[$v]", "//add[1 + 1]"] {
            assert!(XPath::read(path).unwrap().select(&document).is_err(), "{path}");
        }
    }

    #[test]
    fn names_elements_so_that_a_namespace_does_not_matter() {
        let path = XPath::read("/div/a[@b='c']/@d").unwrap();
        let local = path.with_local_names();
        assert_eq!(local, "/*[local-name()='div']/*[local-name()='a'][@b='c']/@d");
        let text = "<div xmlns='u'><a b='c' d='1'/></div>";
        assert!(select(text, "/div/a").is_empty());
        assert_eq!(select(text, &local), ["1"]);
    }
}
