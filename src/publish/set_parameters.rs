//! `SetParameters` files: values for the parameters that a package declares.

use super::Markup;
use crate::text::Span;
use crate::xml::{Attribute, Element};

/// A `SetParameters` file.
#[derive(Debug)]
pub struct SetParameters {
    /// The file.
    pub markup: Markup,
    /// Its values, in document order.
    pub list: Vec<SetParameter>,
}

/// One value.
#[derive(Debug)]
pub struct SetParameter {
    /// The start tag.
    pub open: Span,
    /// The name of the parameter.
    pub name: Option<Attribute>,
    /// Its value.
    pub value: Option<Attribute>,
}

impl SetParameters {
    pub(super) fn read(markup: Markup) -> Self {
        let children = markup.root().into_iter().flat_map(Element::elements);
        let list = children.filter(|child| child.is_ignoring_case("setParameter")).map(|child| SetParameter {
            open: child.open,
            name: child.attribute_ignoring_case("name").cloned(),
            value: child.attribute_ignoring_case("value").cloned(),
        });
        let list = list.collect();
        Self { markup, list }
    }
}

impl SetParameter {
    /// Whether it tells, by its name, where the application goes. The file alone does not say more:
    /// the tags stand in the package.
    #[must_use]
    pub fn is_application_path(&self) -> bool {
        let name = self.name.as_ref().map_or("", |name| &name.value);
        let known =
            ["AppPath", "Application Path", "ApplicationPath", "IIS Web Application Name", "IisWebApplicationName"];
        known.iter().any(|known| known.eq_ignore_ascii_case(name))
    }
}
