//! How the file of a rule declares it.

/// Declares the rule of a file. The doc comment is its web page, with the headings What it does,
/// Why it matters, Example, Use instead, Fix, References.
macro_rules! declare_rule {
    ($(#[doc = $page:literal])* $id:literal, $code:ident, gallery: $gallery:ident, webdeploy: $webdeploy:ident) => {
        pub(in crate::rules) const RULE: $crate::rules::Rule = $crate::rules::Rule {
            id: $id,
            code: stringify!($code),
            page: concat!($($page, "\n",)*),
            gallery: $crate::rules::severity!($gallery),
            webdeploy: $crate::rules::severity!($webdeploy),
            check,
        };
    };
}

macro_rules! severity {
    (Off) => {
        None
    };
    ($severity:ident) => {
        Some($crate::diagnostic::Severity::$severity)
    };
}

pub(super) use {declare_rule, severity};
