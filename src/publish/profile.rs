//! Publish profiles: `.PublishSettings` of a host, `.pubxml` of Visual Studio.

use super::Markup;
use crate::text::Span;
use crate::xml::{Attribute, Element};

/// A publish profile file.
#[derive(Debug)]
pub struct PublishProfile {
    /// The file.
    pub markup: Markup,
    /// How it is written.
    pub form: Form,
    /// Its ways to publish, in document order.
    pub ways: Vec<Way>,
}

/// How a publish profile is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `publishData` with one `publishProfile` or several.
    Settings,
    /// A `publishProfile` without the `publishData` around it.
    Bare,
    /// A project of `MSBuild`, as Visual Studio keeps it.
    Project,
    /// Something else.
    Unknown,
}

/// One way to publish.
#[derive(Debug)]
pub struct Way {
    /// The start tag.
    pub open: Span,
    /// `MSDeploy`, `FTP`, `ZipDeploy`.
    pub method: Option<Field>,
    /// The address of the service.
    pub url: Option<Field>,
    /// The site on it.
    pub site: Option<Field>,
    /// The name to sign in with.
    pub user: Option<Field>,
    /// The password; what it is never leaves this room.
    pub password: Option<Secret>,
}

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Field {
    /// Decoded.
    pub text: String,
    /// As written.
    pub span: Span,
}

/// A value that is not kept.
#[derive(Clone, Copy, Debug)]
pub struct Secret {
    /// As written.
    pub span: Span,
    /// What can be said of it.
    pub state: SecretState,
}

/// What can be said of a secret without telling it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretState {
    /// There is none.
    Empty,
    /// A host wrote `REDACTED` in its place.
    Redacted,
    /// There is one.
    Present,
}

impl PublishProfile {
    pub(super) fn read(markup: Markup) -> Self {
        let Some(root) = markup.root() else { return Self { form: Form::Unknown, ways: Vec::new(), markup } };
        let form = if root.is_ignoring_case("publishData") {
            Form::Settings
        } else if root.is_ignoring_case("publishProfile") {
            Form::Bare
        } else if root.is_ignoring_case("Project") {
            Form::Project
        } else {
            Form::Unknown
        };
        let ways = match form {
            Form::Settings => {
                root.elements().filter(|child| child.is_ignoring_case("publishProfile")).map(Way::settings).collect()
            }
            Form::Bare => vec![Way::settings(root)],
            Form::Project => vec![Way::project(root)],
            Form::Unknown => Vec::new(),
        };
        Self { markup, form, ways }
    }

    /// The way that msdeploy takes: the first that says so; nothing when the file is not well-formed.
    #[must_use]
    pub fn web_deploy(&self) -> Option<&Way> {
        if !self.markup.document.problems.is_empty() {
            return None;
        }
        self.ways
            .iter()
            .find(|way| way.method.as_ref().is_some_and(|method| method.text.eq_ignore_ascii_case("MSDeploy")))
    }
}

impl Way {
    fn settings(element: &Element) -> Self {
        let field = |name: &str| element.attribute_ignoring_case(name).map(Field::of);
        Self {
            open: element.open,
            method: field("publishMethod"),
            url: field("publishUrl"),
            site: field("msdeploySite"),
            user: field("userName"),
            password: element
                .attribute_ignoring_case("userPWD")
                .map(|found| Secret { span: found.value_span, state: SecretState::of(&found.value) }),
        }
    }

    /// The properties of a project; a later one counts, as for `MSBuild`.
    fn project(root: &Element) -> Self {
        let field = |name: &str| {
            let groups = root.elements().filter(|child| child.is("PropertyGroup"));
            let found = groups.flat_map(Element::elements).filter(|property| property.is_ignoring_case(name)).last()?;
            let span = Span::new(found.open.end, found.close.map_or(found.open.end, |close| close.start));
            Some(Field { text: found.text().trim().to_owned(), span })
        };
        let secret = |name: &str| field(name).map(|own| Secret { span: own.span, state: SecretState::of(&own.text) });
        Self {
            open: root.open,
            method: field("WebPublishMethod"),
            url: field("MSDeployServiceURL"),
            site: field("DeployIisAppPath"),
            user: field("UserName"),
            password: secret("Password").or_else(|| secret("PublishPassword")),
        }
    }

    /// The address as msdeploy is given it: with its port, the service and the site.
    /// Nothing when there is no address, or when it is whole already.
    #[must_use]
    pub fn whole_url(&self) -> Option<String> {
        let url = self.url.as_ref()?.text.trim();
        if url.is_empty() || url.to_ascii_lowercase().starts_with("http") {
            return None;
        }
        let (host, path) = url.split_once('/').map_or((url, String::new()), |(host, path)| (host, format!("/{path}")));
        let port = if host.contains(':') { "" } else { ":8172" };
        let service = if path.to_ascii_lowercase().contains("/msdeploy.axd") { "" } else { "/msdeploy.axd" };
        let query = match &self.site {
            Some(site) if !site.text.is_empty() && !path.contains('?') => format!("?site={}", site.text),
            _ => String::new(),
        };
        Some(format!("https://{host}{port}{}{service}{query}", path.trim_end_matches('/')))
    }
}

impl Field {
    fn of(attribute: &Attribute) -> Self {
        Self { text: attribute.value.clone(), span: attribute.value_span }
    }

    /// Whether there is nothing in it, or what a host writes in the place of something.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        SecretState::of(&self.text) != SecretState::Present
    }
}

impl SecretState {
    fn of(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            Self::Empty
        } else if text.eq_ignore_ascii_case("REDACTED") {
            Self::Redacted
        } else {
            Self::Present
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(url: &str, site: &str) -> Option<String> {
        let field = |text: &str| Some(Field { text: text.to_owned(), span: Span::at(0) });
        let way =
            Way { open: Span::at(0), method: None, url: field(url), site: field(site), user: None, password: None };
        way.whole_url()
    }

    #[test]
    fn completes_an_address_as_msdeploy_wants_it() {
        for (url, site, expected) in [
            ("shop.scm.azurewebsites.net:443", "shop", "https://shop.scm.azurewebsites.net:443/msdeploy.axd?site=shop"),
            ("host", "", "https://host:8172/msdeploy.axd"),
            ("foo.com/path", "s", "https://foo.com:8172/path/msdeploy.axd?site=s"),
            ("foo.com:1/msdeploy.axd?site=a", "s", "https://foo.com:1/msdeploy.axd?site=a"),
        ] {
            assert_eq!(whole(url, site).as_deref(), Some(expected));
        }
        assert_eq!(whole("https://host:8172/MsDeploy.axd", "s"), None);
        assert_eq!(whole("", "s"), None);
    }
}
