//! Text <-> tree with spans. The only room that names `quick-xml`.
//!
//! Reading never fails: what is not well-formed becomes a [`Problem`] with its place, and the tree
//! holds what could be understood. DOCTYPE and entities beyond the five are never expanded.
//! Writing happens by edits on the text; [`escape`] and [`edit`] help with it.

mod declaration;
mod edit;
mod read;
mod token;
pub mod xpath;

pub use edit::{append_child, insert_before, remove, remove_attribute, rename, set_attribute};
pub use read::read;
pub use token::{Token, TokenKind, tokens};

use crate::text::Span;

/// An XML document as it was written.
#[derive(Debug, Default)]
pub struct Document {
    /// The root element; nothing when there is none.
    pub root: Option<Element>,
    /// The document type declaration, which is not read.
    pub doctype: Option<Span>,
    /// What is not well-formed, in the order of the text.
    pub problems: Vec<Problem>,
}

/// Why a text is not well-formed XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// A lower-case sentence without a final dot.
    pub message: String,
    /// What to do, when more can be said than to mend it; a sentence.
    pub help: Option<&'static str>,
}

/// An element.
#[derive(Debug)]
pub struct Element {
    /// As written, with its prefix.
    pub name: String,
    /// The name in the start tag.
    pub name_span: Span,
    /// The start tag, from `<` to after `>`.
    pub open: Span,
    /// The end tag; nothing when the element is empty (`<a/>`) or was never closed.
    pub close: Option<Span>,
    /// In the order of the text.
    pub attributes: Vec<Attribute>,
    /// In the order of the text.
    pub children: Vec<Node>,
}

/// What stands between two tags.
#[derive(Debug)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text or a CDATA section, decoded.
    Text(String, Span),
    /// A comment.
    Comment(Span),
}

/// An attribute.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// As written.
    pub name: String,
    /// Decoded.
    pub value: String,
    /// The name.
    pub name_span: Span,
    /// The value as written, without its quotes.
    pub value_span: Span,
}

impl Attribute {
    /// The whole attribute, quotes included.
    #[must_use]
    pub const fn span(&self) -> Span {
        Span::new(self.name_span.start, self.value_span.end + 1)
    }
}

impl Element {
    /// From `<` of the start tag to after `>` of the end tag.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(self.open.start, self.close.map_or(self.open.end, |close| close.end))
    }

    /// The name without its prefix.
    #[must_use]
    pub fn local_name(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or(&self.name)
    }

    /// Whether it has this name, to the letter.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.local_name() == name
    }

    /// Whether it has this name in any case.
    #[must_use]
    pub fn is_ignoring_case(&self, name: &str) -> bool {
        self.local_name().eq_ignore_ascii_case(name)
    }

    /// The attribute with this name, to the letter.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The attribute with this name in any case.
    #[must_use]
    pub fn attribute_ignoring_case(&self, name: &str) -> Option<&Attribute> {
        self.attribute(name).or_else(|| self.attributes.iter().find(|a| a.name.eq_ignore_ascii_case(name)))
    }

    /// The value of an attribute, to the letter.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(|attribute| attribute.value.as_str())
    }

    /// The elements right below.
    pub fn elements(&self) -> impl Iterator<Item = &Self> + Clone {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// The elements right below that have this name, to the letter.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> + Clone {
        self.elements().filter(move |element| element.is(name))
    }

    /// The first element at a path of names, each to the letter: `system.webServer/handlers`.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<&Self> {
        path.split('/').try_fold(self, |element, name| element.elements().find(|child| child.is(name)))
    }

    /// The decoded text right below.
    #[must_use]
    pub fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text(text, _) => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }
}

/// Text as it may stand in an attribute value between double quotes.
#[must_use]
pub fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for char in value.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            _ => out.push(char),
        }
    }
    out
}
