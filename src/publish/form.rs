//! What a person puts into the gallery's form: no file of a package says it.

/// What a person puts into the gallery's form; what is not given is not judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormData {
    /// The id of the application in the gallery.
    pub app_id: Option<String>,
    /// What the application is.
    pub description: Option<String>,
    /// The same, in a few words.
    pub brief_description: Option<String>,
    /// Addresses, each with what it is of.
    pub urls: Vec<(String, String)>,
}

const FORM: &str = "form: ";

impl FormData {
    /// What stands in a report in the place of a file: `form: appId`.
    #[must_use]
    pub fn place(field: &str) -> String {
        format!("{FORM}{field}")
    }

    /// Whether the place of a finding is the form, which is no file.
    #[must_use]
    pub fn is_place(name: &str) -> bool {
        name.starts_with(FORM)
    }
}
