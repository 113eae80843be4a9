//! Lines of XML, with two blanks a level.

use crate::xml::Element;

/// `system.webServer` with sections in it.
pub(super) fn server(sections: &[String]) -> String {
    format!("<system.webServer>\n{}</system.webServer>\n", indent(&sections.concat(), 1))
}

/// Two blanks a level before every line, and a line end after the last.
pub(super) fn indent(lines: &str, levels: usize) -> String {
    lines.lines().map(|line| format!("{}{line}\n", "  ".repeat(levels))).collect()
}

/// A name that no element of a list has: IIS refuses a list with two of one name.
pub(super) fn free(name: &str, root: &Element, list: &str) -> String {
    let taken = |name: &str| {
        let named = |element: &Element| element.value("name").is_some_and(|own| own.eq_ignore_ascii_case(name));
        root.find(list).is_some_and(|list| list.elements().any(named))
    };
    let numbered = (2..).map(|number| format!("{name} {number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}
