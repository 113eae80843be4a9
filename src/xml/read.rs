//! Reads a text into a [`Document`].

use std::borrow::Cow;

use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::escape::{EscapeError, resolve_predefined_entity, unescape};
use quick_xml::events::attributes::AttrError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::{Attribute, Document, Element, Node, Problem, declaration};
use crate::limits;
use crate::text::Span;

const QUOTES: &str =
    "XML wants straight quotes (\" or '); typographic ones come along when text is copied from an article.";
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];
const AMPERSAND: &str = "Write `&amp;` for an ampersand.";
const MISSING_BLANK: &str = "Put a blank between the element name and the attribute.";

/// Reads a text; never fails.
#[must_use]
pub fn read(text: &str) -> Document {
    let mut builder = Builder { text, stack: Vec::new(), too_deep: 0, document: Document::default() };
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    // The builder says more about tags that do not match, and goes on.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.check_comments = true;
    loop {
        let start = offset(reader.buffer_position());
        let event = reader.read_event();
        let span = Span::new(start, offset(reader.buffer_position()));
        match event {
            Ok(Event::Eof) => break,
            Ok(event) => builder.event(event, span),
            Err(error) => {
                let at = offset(reader.error_position()).max(start);
                builder.broken(&error, Span::new(at, span.end.max(at)));
                // A comment or a lone ampersand does not keep the rest from being read.
                if !matches!(error, Error::IllFormed(_)) || span.end <= start {
                    break;
                }
            }
        }
    }
    builder.finish()
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

struct Builder<'t> {
    text: &'t str,
    stack: Vec<Element>,
    /// How many open elements were not kept because they nest too deep.
    too_deep: usize,
    document: Document,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.open(&tag, span, false),
            Event::Empty(tag) => self.open(&tag, span, true),
            Event::End(tag) => self.close(tag.name().0.trim(), span),
            Event::Text(text) => self.text(&text, span),
            Event::CData(text) => self.push(Node::Text(text.to_string(), span)),
            Event::GeneralRef(reference) => self.reference(&reference, span),
            Event::Comment(_) => self.push(Node::Comment(span)),
            Event::DocType(_) => self.document.doctype = Some(span),
            Event::Decl(_) if span.start > 0 => {
                self.problem(span, "the XML declaration is not at the very beginning of the file", None);
            }
            Event::Decl(_) => {
                if let Some(problem) = self.text.get(span.start..span.end).and_then(declaration::problem) {
                    self.problem(span, problem, None);
                }
            }
            Event::PI(_) | Event::Eof => {}
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, span: Span, empty: bool) {
        if self.stack.len() + self.too_deep >= limits::XML_DEPTH {
            if self.too_deep == 0 {
                self.problem(span, "elements nest too deep to be read", None);
            }
            self.too_deep += usize::from(!empty);
            return;
        }
        let content = Span::new(span.start + 1, span.start + 1 + tag.len());
        let name = tag.name().0;
        let name_span = Span::new(content.start, content.start + name.len());
        self.check_name(name, name_span);
        let attributes = self.attributes(tag, content.start);
        if self.stack.is_empty() && self.document.root.is_some() {
            self.problem(name_span, format!("`<{name}>` stands after the root element"), None);
        }
        let element =
            Element { name: name.to_owned(), name_span, open: span, close: None, attributes, children: Vec::new() };
        if empty {
            self.push(Node::Element(element));
        } else {
            self.stack.push(element);
        }
    }

    fn check_name(&mut self, name: &str, span: Span) {
        if name.contains('=') {
            let element = name.split('=').next().unwrap_or(name);
            self.problem(span, format!("a blank is missing in `<{element}=`"), Some(MISSING_BLANK));
        } else if !is_name(name) {
            self.problem(span, format!("`{name}` is not an element name"), None);
        }
    }

    fn attributes(&mut self, tag: &BytesStart<'_>, base: usize) -> Vec<Attribute> {
        let mut attributes: Vec<Attribute> = Vec::new();
        let within = |part: &str| {
            let start = base + (part.as_ptr() as usize).saturating_sub(tag.as_ptr() as usize);
            Span::new(start, start + part.len())
        };
        for attribute in tag.attributes() {
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(error) => {
                    self.bad_attribute(&error, base, tag);
                    continue;
                }
            };
            let Cow::Borrowed(raw) = attribute.value else { continue };
            let (name, name_span, value_span) = (attribute.key.0, within(attribute.key.0), within(raw));
            if !is_name(name) {
                self.problem(name_span, format!("`{name}` is not an attribute name"), None);
            } else if !self.text.get(..name_span.start).is_some_and(|before| before.ends_with(BLANKS)) {
                self.problem(name_span, format!("a blank is missing before `{name}`"), None);
            }
            if let Some(at) = raw.find('<') {
                let span = Span::new(value_span.start + at, value_span.start + at + 1);
                self.problem(span, format!("`<` stands in the value of `{name}`"), Some("Write `&lt;` for it."));
            }
            let value = unescape(raw).map_or_else(
                |error| {
                    self.bad_reference(&error, value_span);
                    raw.to_owned()
                },
                Cow::into_owned,
            );
            attributes.push(Attribute { name: name.to_owned(), value, name_span, value_span });
        }
        attributes
    }

    fn bad_attribute(&mut self, error: &AttrError, base: usize, tag: &str) {
        let (at, message) = match *error {
            AttrError::ExpectedEq(at) => (at, "an attribute has no value".to_owned()),
            AttrError::ExpectedValue(at) => (at, "an attribute has no value after `=`".to_owned()),
            AttrError::UnquotedValue(at) => (at, "an attribute value has no quotes".to_owned()),
            AttrError::ExpectedQuote(at, quote) => {
                (at, format!("an attribute value does not end with `{}`", char::from(quote)))
            }
            AttrError::Duplicated(at, _) => {
                let name = tag.get(at..).and_then(|rest| rest.split(['=', ' ']).next()).unwrap_or("");
                (at, format!("the attribute `{name}` stands twice"))
            }
        };
        let rest = tag.get(at..).unwrap_or("");
        let curly = rest.starts_with(['“', '”', '„', '‘', '’', '″', '«']);
        let message = if curly { "an attribute value stands in typographic quotes".to_owned() } else { message };
        let length = rest.chars().next().map_or(0, char::len_utf8);
        self.problem(Span::new(base + at, base + at + length), message, curly.then_some(QUOTES));
    }

    fn bad_reference(&mut self, error: &EscapeError, value: Span) {
        let (range, message) = match error {
            EscapeError::UnrecognizedEntity(range, name) => {
                let whole = range.start.saturating_sub(1)..range.end + 1;
                (whole, format!("`&{name};` is not one of the five entities of XML"))
            }
            EscapeError::UnterminatedEntity(range) => (range.clone(), "`&` begins no entity here".to_owned()),
            _ => (0..value.end - value.start, "a character reference is not a number".to_owned()),
        };
        let span = Span::new(value.start + range.start, value.start + range.end);
        self.problem(span, message, Some(AMPERSAND));
    }

    fn close(&mut self, name: &str, span: Span) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if !self.stack.iter().any(|open| open.name == name) {
            self.problem(span, format!("`</{name}>` closes nothing"), None);
            return;
        }
        while let Some(mut element) = self.stack.pop() {
            let matches = element.name == name;
            if matches {
                element.close = Some(span);
            } else {
                self.unclosed(&element);
            }
            self.push(Node::Element(element));
            if matches {
                break;
            }
        }
    }

    fn unclosed(&mut self, element: &Element) {
        let message = format!("`<{}>` is never closed", element.name);
        self.problem(element.name_span, message, None);
    }

    fn text(&mut self, text: &str, span: Span) {
        if self.stack.is_empty() && !text.trim().is_empty() {
            let lead = text.len() - text.trim_start().len();
            let span = Span::new(span.start + lead, span.start + text.trim_end().len());
            self.problem(span, "text stands outside the root element", None);
        }
        self.push(Node::Text(text.to_owned(), span));
    }

    fn reference(&mut self, name: &str, span: Span) {
        let decoded = resolve_predefined_entity(name).map(str::to_owned).or_else(|| {
            let reference = self.text.get(span.start..span.end)?;
            unescape(reference).ok().map(Cow::into_owned)
        });
        match decoded {
            Some(decoded) => self.push(Node::Text(decoded, span)),
            None => {
                self.problem(span, format!("`&{name};` is not one of the five entities of XML"), Some(AMPERSAND));
            }
        }
    }

    fn push(&mut self, node: Node) {
        if let Some(parent) = self.stack.last_mut() {
            parent.children.push(node);
        } else if let Node::Element(element) = node
            && self.document.root.is_none()
        {
            self.document.root = Some(element);
        }
    }

    fn broken(&mut self, error: &Error, span: Span) {
        let (message, help) = match error {
            Error::Syntax(SyntaxError::UnclosedComment) => ("a comment is never closed: `-->` is missing", None),
            Error::Syntax(SyntaxError::UnclosedTag) => ("a tag is never closed: `>` is missing", None),
            Error::Syntax(
                SyntaxError::UnclosedDoubleQuotedAttributeValue | SyntaxError::UnclosedSingleQuotedAttributeValue,
            ) => ("an attribute value is never closed: a quote is missing", None),
            Error::Syntax(SyntaxError::InvalidBangMarkup) => ("`<!` begins nothing that XML knows", None),
            Error::Syntax(_) => ("a section is never closed", None),
            Error::IllFormed(IllFormedError::DoubleHyphenInComment) => (
                "`--` stands inside a comment",
                Some("XML does not allow two hyphens in a row there; put something between them."),
            ),
            Error::IllFormed(IllFormedError::UnclosedReference) => ("`&` begins no entity here", Some(AMPERSAND)),
            _ => ("the text is not XML from here on", None),
        };
        self.problem(span, message, help);
    }

    fn problem(&mut self, span: Span, message: impl Into<String>, help: Option<&'static str>) {
        self.document.problems.push(Problem { span, message: message.into(), help });
    }

    fn finish(mut self) -> Document {
        while let Some(element) = self.stack.pop() {
            self.unclosed(&element);
            self.push(Node::Element(element));
        }
        if self.document.root.is_none() && self.document.problems.is_empty() {
            self.problem(Span::at(0), "there is no element in the file", None);
        }
        self.document.problems.sort_by_key(|problem| problem.span);
        self.document
    }
}

/// `Name` of XML 1.0, production 5, with every non-ASCII character taken as a letter.
fn is_name(name: &str) -> bool {
    let first = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':') || !c.is_ascii() && !is_quote(c);
    let rest = |c: char| first(c) || c.is_ascii_digit() || matches!(c, '-' | '.');
    name.starts_with(first) && name.chars().all(rest)
}

const fn is_quote(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{201f}' | '\u{a0}' | '\u{d7}' | '\u{f7}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let said = |p: Problem| format!("{}: {}", text.get(p.span.start..p.span.end).unwrap_or("?"), p.message);
        read(text).problems.into_iter().map(said).collect()
    }

    #[test]
    fn gives_every_part_its_span() {
        let text = "<?xml version='1.0'?>\n<a b=\"x &amp; y\"><!-- c --><d e='1' /> t&lt;</a>";
        let document = read(text);
        assert_eq!(document.problems, []);
        let root = document.root.unwrap();
        let attribute = root.attribute("b").unwrap();
        assert_eq!(attribute.value, "x & y");
        assert_eq!(&text[attribute.value_span.start..attribute.value_span.end], "x &amp; y");
        assert_eq!(&text[attribute.span().start..attribute.span().end], "b=\"x &amp; y\"");
        let child = root.find("d").unwrap();
        assert_eq!(&text[child.span().start..child.span().end], "<d e='1' />");
        assert_eq!(&text[root.span().start..root.span().end], text.split_once('\n').unwrap().1);
        assert_eq!(root.text(), " t<");
    }

    #[test]
    fn says_what_is_not_well_formed_and_where() {
        for (text, expected) in [
            ("<a><b></a>", "b: `<b>` is never closed"),
            ("<a></b></a>", "</b>: `</b>` closes nothing"),
            ("<a b=1/>", "1: an attribute value has no quotes"),
            ("<a b=“x”/>", "“: an attribute value stands in typographic quotes"),
            ("<a b='1' b='2'/>", "b: the attribute `b` stands twice"),
            ("<a b='x & y'/>", "& y: `&` begins no entity here"),
            ("<a b='&nbsp;'/>", "&nbsp;: `&nbsp;` is not one of the five entities of XML"),
            ("<a b='<'/>", "<: `<` stands in the value of `b`"),
            ("<entrytype=\"x\" a='1'/>", "entrytype=\"x\": a blank is missing in `<entrytype=`"),
            ("<a/>text", "text: text stands outside the root element"),
            ("<a/><b/>", "b: `<b>` stands after the root element"),
            ("<a><!-- x -- y --></a>", "-- y -->: `--` stands inside a comment"),
            (
                " <?xml version='1.0'?><a/>",
                "<?xml version='1.0'?>: the XML declaration is not at the very beginning of the file",
            ),
            ("", ": there is no element in the file"),
        ] {
            assert_eq!(problems(text), [expected], "{text}");
        }
    }

    #[test]
    fn keeps_what_it_understood_before_and_after_a_problem() {
        let document = read("<a><b/><c></a>");
        let names: Vec<String> = document.root.unwrap().elements().map(|e| e.name.clone()).collect();
        assert_eq!(names, ["b", "c"]);
    }

    #[test]
    fn stops_at_a_depth_without_losing_its_place() {
        let text = format!("{}{}<b/>", "<a>".repeat(5000), "</a>".repeat(5000));
        assert!(problems(&text).iter().any(|p| p.contains("nest too deep")));
    }
}
