//! Edits that add to a document in its own manner: its indentation and its line ends.

use super::{Attribute, Element, Node, escape};
use crate::fix::Edit;
use crate::path::PackagePath;
use crate::text::{Span, Text};

/// Gives an attribute a value, or adds the attribute after the others.
#[must_use]
pub fn set_attribute(file: &PackagePath, element: &Element, name: &str, value: &str) -> Edit {
    if let Some(attribute) = element.attribute_ignoring_case(name) {
        return Edit::replace(file, attribute.value_span, escape(value));
    }
    let after = element.attributes.last().map_or(element.name_span.end, |last| last.span().end);
    Edit::insert(file, after, format!(" {name}=\"{}\"", escape(value)))
}

/// Adds lines as the last child of an element.
///
/// `lines` is XML indented by two blanks a level; each line gets the indentation that children of
/// `element` have, and the line end of the file.
#[must_use]
pub fn append_child(file: &PackagePath, text: &Text, element: &Element, lines: &str) -> Edit {
    let end = text.line_end();
    let own = indentation(text, element.open.start);
    let child = element
        .elements()
        .last()
        .map(|sibling| indentation(text, sibling.open.start))
        .filter(|inner| inner.len() > own.len() || own.is_empty())
        .unwrap_or_else(|| format!("{own}{}", unit(text)));
    let block = block(text, &child, lines);
    match element.close {
        None => {
            // `<a />` becomes `<a>`, the lines, `</a>`.
            let tag = text.slice(element.open);
            let head = tag.trim_end_matches('>').trim_end_matches('/').trim_end();
            let span = Span::new(element.open.start + head.len(), element.open.end);
            Edit::replace(file, span, format!(">{end}{block}{own}</{}>", element.name))
        }
        Some(close) => {
            // After the last thing that is not blank, so that the end tag keeps its line.
            let mut last = element.open.end;
            for node in &element.children {
                match node {
                    Node::Element(sibling) => last = sibling.span().end,
                    Node::Comment(span) => last = span.end,
                    Node::Text(content, span) if !content.trim().is_empty() => last = span.end,
                    Node::Text(..) => {}
                }
            }
            let block = block.trim_end_matches(end);
            Edit::replace(file, Span::new(last, close.start), format!("{end}{block}{end}{own}"))
        }
    }
}

/// Adds lines before an element, with its indentation.
#[must_use]
pub fn insert_before(file: &PackagePath, text: &Text, element: &Element, lines: &str) -> Edit {
    let own = indentation(text, element.open.start);
    let block = block(text, &own, lines);
    let first = block.strip_prefix(&own).unwrap_or(&block);
    Edit::insert(file, element.open.start, format!("{first}{own}"))
}

/// Lines, indented by two blanks a level, below an indentation and in the manner of the file.
fn block(text: &Text, indentation: &str, lines: &str) -> String {
    let (unit, end) = (unit(text), text.line_end());
    let mut level = 0;
    let mut block = String::new();
    for line in lines.lines() {
        let body = line.trim_start_matches(' ');
        let blanks = line.len() - body.len();
        // A line within a tag or a comment is set under it with blanks.
        if body.starts_with('<') {
            level = blanks;
        }
        let aligned = " ".repeat(blanks.saturating_sub(level));
        block.push_str(&format!("{indentation}{}{aligned}{body}{end}", unit.repeat(level.min(blanks) / 2)));
    }
    block
}

/// Gives an element another name, in both tags.
#[must_use]
pub fn rename(file: &PackagePath, element: &Element, name: &str) -> Vec<Edit> {
    let mut edits = vec![Edit::replace(file, element.name_span, name)];
    if let Some(close) = element.close {
        let start = close.start + "</".len();
        edits.push(Edit::replace(file, Span::new(start, start + element.name.len()), name));
    }
    edits
}

/// Takes an attribute out, with the blanks before it.
#[must_use]
pub fn remove_attribute(file: &PackagePath, text: &Text, attribute: &Attribute) -> Edit {
    let Span { start, end } = attribute.span();
    let before = text.slice(Span::new(0, start));
    Edit::replace(file, Span::new(before.trim_end().len(), end), "")
}

/// Takes an element out, and its lines with it when nothing else stands on them.
#[must_use]
pub fn remove(file: &PackagePath, text: &Text, element: &Element) -> Edit {
    let Span { start, end } = element.span();
    let (before, after) = (text.slice(Span::new(0, start)), text.as_str().get(end..).unwrap_or(""));
    let blank = |c: char| matches!(c, ' ' | '\t');
    let (lead, rest) = (before.trim_end_matches(blank), after.trim_start_matches(blank));
    let line_end = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'));
    let span = match line_end {
        Some(next) if lead.is_empty() || lead.ends_with('\n') => {
            Span::new(lead.len(), text.as_str().len() - next.len())
        }
        _ => Span::new(start, end),
    };
    Edit::replace(file, span, "")
}

/// The blanks at the beginning of the line of `offset`.
fn indentation(text: &Text, offset: usize) -> String {
    let line = text.line(text.position(offset).line);
    line.chars().take_while(|c| matches!(c, ' ' | '\t')).collect()
}

/// What the file indents by: the first indented line tells.
fn unit(text: &Text) -> String {
    let lines = (1..=text.line_count()).map(|number| text.line(number));
    let first = lines.map(|line| line.len() - line.trim_start_matches([' ', '\t']).len()).zip(1..);
    let found = first.filter(|(width, _)| *width > 0).map(|(width, number)| text.line(number).get(..width)).next();
    found.flatten().unwrap_or("  ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn appended(before: &str, path: &str) -> String {
        let text = Text::decode(before.as_bytes());
        let document = read(before);
        let root = document.root.unwrap();
        let element = if path.is_empty() { &root } else { root.find(path).unwrap() };
        let file = PackagePath::new("web.config").unwrap();
        let Edit::Replace { span, text: new, .. } = append_child(&file, &text, element, "<x>\n  <y />\n</x>") else {
            panic!("not an edit of text")
        };
        format!("{}{new}{}", &before[..span.start], &before[span.end..])
    }

    #[test]
    fn removes_and_renames_without_a_trace() {
        for (before, removed, renamed) in [
            (
                "<a>\r\n\t<b>\r\n\t</b >\r\n\t<c/>\r\n</a>",
                "<a>\r\n\t<c/>\r\n</a>",
                "<a>\r\n\t<x>\r\n\t</x >\r\n\t<c/>\r\n</a>",
            ),
            ("<a> <b /> <c/>\n</a>", "<a>  <c/>\n</a>", "<a> <x /> <c/>\n</a>"),
            ("<a><b/></a>", "<a></a>", "<a><x/></a>"),
        ] {
            let (text, document) = (Text::decode(before.as_bytes()), read(before));
            let root = document.root.unwrap();
            let element = root.find("b").unwrap();
            let file = PackagePath::new("Manifest.xml").unwrap();
            let changed = |edits: Vec<Edit>| {
                edits.into_iter().rev().fold(before.to_owned(), |mut out, edit| {
                    let Edit::Replace { span, text, .. } = edit else { panic!("not an edit of text") };
                    out.replace_range(span.start..span.end, &text);
                    out
                })
            };
            assert_eq!(changed(vec![remove(&file, &text, element)]), removed);
            assert_eq!(changed(rename(&file, element, "x")), renamed);
        }
    }

    #[test]
    fn adds_in_the_manner_of_the_file() {
        assert_eq!(
            appended("<a>\r\n\t<b>\r\n\t\t<c/>\r\n\t</b>\r\n</a>", "b"),
            "<a>\r\n\t<b>\r\n\t\t<c/>\r\n\t\t<x>\r\n\t\t\t<y />\r\n\t\t</x>\r\n\t</b>\r\n</a>"
        );
        assert_eq!(
            appended("<a>\n    <b />\n</a>", "b"),
            "<a>\n    <b>\n        <x>\n            <y />\n        </x>\n    </b>\n</a>"
        );
        assert_eq!(appended("<a></a>", ""), "<a>\n  <x>\n    <y />\n  </x>\n</a>");
    }
}
