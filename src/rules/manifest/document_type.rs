//! MAN002: a document type declaration.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::text::Span;

declare_rule! {
    /// ## What it does
    /// Looks for a `DOCTYPE` in `Manifest.xml`.
    ///
    /// ## Why it matters
    /// A manifest needs none, and none of the real packages that were looked at has one.
    /// Entities that it declares can make a small file huge or read other files of the server, so readers
    /// refuse it or leave it unread.
    ///
    /// ## Example
    /// ```xml
    /// <!DOCTYPE sitemanifest SYSTEM "manifest.dtd">
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// The packager removes the declaration, unless the manifest cannot be read without it.
    ///
    /// ## References
    /// - W3C, "Extensible Markup Language (XML) 1.0"
    /// - Microsoft, "XmlReaderSettings.DtdProcessing"
    "manifest/document-type", MAN002, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = &cx.package.manifest else { return };
    let source = &manifest.source;
    let Some((span, text)) = source.document.doctype.zip(cx.contents.text(&source.path)) else { return };
    let mut diagnostic = Diagnostic::new(Location::span(&source.path, span), "the manifest has a `DOCTYPE`")
        .consequence("A reader that is careful refuses the file; its entities are expanded by others.")
        .help("Remove it.");
    if cx.is_whole(source) {
        let rest = text.as_str().get(span.end..).unwrap_or("");
        let end = text.as_str().len() - rest.trim_start().len();
        let edit = Edit::replace(&source.path, Span::new(span.start, end), "");
        diagnostic = diagnostic.fix(Fix::safe("Remove the `DOCTYPE`", vec![edit]));
    }
    out.push(diagnostic);
}
