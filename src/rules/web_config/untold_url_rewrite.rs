//! WEB019: nothing tells that the package needs the URL Rewrite module.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::web_config::Handler;
use crate::rules::Context;
use crate::text::Text;
use crate::xml::{Element, Node};

declare_rule! {
    /// ## What it does
    /// Looks for rewrite rules in a file for a server of your own that says nowhere, in a comment, that
    /// they need the URL Rewrite module.
    /// A handler whose Python is on disk `D:` is for Azure, which has the module.
    ///
    /// ## Why it matters
    /// URL Rewrite is a separate installation.
    /// Without it IIS answers every request with "HTTP Error 500.19 - Internal Server Error", 0x8007000d,
    /// because it does not know the section.
    /// A package of the gallery declares it as a dependency in the form with which it is submitted.
    ///
    /// ## Example
    /// ```xml
    /// <rewrite>
    ///   <rules> ... </rules>
    /// </rewrite>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <!-- Needs the URL Rewrite module. -->
    /// <rewrite>
    ///   <rules> ... </rules>
    /// </rewrite>
    /// ```
    ///
    /// ## Fix
    /// Adds the comment; the declaration in the form is yours to make.
    ///
    /// ## References
    /// - Microsoft, "Windows Web Application Gallery Link Addition Process Walkthrough"
    /// - Microsoft, "URL Rewrite Module Configuration Reference"
    "web-config/untold-url-rewrite", WEB019, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    let Some(rewrite) = config.servers().find_map(|server| server.find("rewrite")) else { return };
    let mut executables = config.wfastcgi().filter_map(Handler::command).map(|(executable, _)| executable).peekable();
    let unknown = executables.peek().is_none();
    let on_azure = executables.any(|path| path.to_ascii_lowercase().starts_with("d:"));
    let path = &config.source.path;
    let (Some(root), Some(text)) = (config.root(), cx.contents.text(path)) else { return };
    if rewrite.find("rules/rule").is_none() || unknown || on_azure || tells(root, &text) {
        return;
    }
    let edit = Edit::insert(path, rewrite.open.end, " <!-- needs the URL Rewrite module -->");
    out.push(
        Diagnostic::new(
            Location::span(path, rewrite.name_span),
            "the package needs the URL Rewrite module, and says so nowhere",
        )
        .consequence("Where the module is not installed, IIS answers every request with error 500.19.")
        .help("Declare URL Rewrite as a dependency where the package is submitted, and tell those who install it.")
        .fix(Fix::safe("Say so in a comment", vec![edit])),
    );
}

/// Whether a comment names the module.
fn tells(element: &Element, text: &Text) -> bool {
    element.children.iter().any(|node| match node {
        Node::Comment(span) => text.slice(*span).to_ascii_lowercase().contains("url rewrite"),
        Node::Element(child) => tells(child, text),
        Node::Text(..) => false,
    })
}
