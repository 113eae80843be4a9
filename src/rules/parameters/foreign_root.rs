//! PAR002: a Parameters.xml that holds something else than parameters.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks at the root element of `Parameters.xml`: it is `parameters`, in any case, and its children
    /// are not `setParameter`.
    ///
    /// ## Why it matters
    /// Web Deploy finds no parameter in the file, so an installer asks nothing, and the application goes
    /// to a web site that is called as its folder.
    /// A file with `setParameter` is a SetParameters file: it holds the values for one installation and
    /// is given to `msdeploy -setParamFile`, beside the package.
    /// The two are easily taken for one another, because the root is `parameters` in both.
    ///
    /// ## Example
    /// ```xml
    /// <parameters>
    ///   <setParameter name="AppPath" value="Default Web Site/shop" />
    /// </parameters>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameters>
    ///   <parameter name="AppPath" defaultValue="" tags="iisapp">
    ///     <parameterEntry type="ProviderPath" scope="iisapp" match="^shop$" />
    ///   </parameter>
    /// </parameters>
    /// ```
    ///
    /// ## Fix
    /// When the root has `parameter` children and another name, the packager offers to rename it.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - Microsoft, "Web Deploy Parameterization"
    "parameters/foreign-root", PAR002, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = &cx.package.parameters else { return };
    let Some(root) = parameters.root() else { return };
    let file = &parameters.source.path;
    if parameters.declares() || !cx.is_whole(&parameters.source) {
        return;
    }
    let (message, help) = if parameters.sets() {
        (
            format!("`{file}` is a SetParameters file"),
            "Declare the parameters with `parameter` elements, and keep this file outside the package for \
             `-setParamFile`.",
        )
    } else {
        (format!("the root element is `{}`, not `parameters`", root.name), "Put the parameters into `parameters`.")
    };
    let mut diagnostic = Diagnostic::new(Location::span(file, root.name_span), message)
        .consequence("Web Deploy finds no parameters: an installer asks nothing.")
        .help(help);
    if !parameters.sets() && !parameters.list.is_empty() {
        diagnostic.fixes.push(Fix::review("Use `parameters`", xml::rename(file, root, "parameters")));
    }
    out.push(diagnostic);
}
