//! PAR037: a path of the machine that the package was made on.

use crate::diagnostic::Diagnostic;
use crate::model::Kind;
use crate::rules::Context;
use crate::rules::tagging::at_default;

declare_rule! {
    /// ## What it does
    /// Looks for a `defaultValue` with a path in somebody's own folder, such as `C:\Users\ada\shop`, or in the `obj` folder of a build.
    /// Packages of msdeploy and Visual Studio have such paths by design and are left alone.
    ///
    /// ## Why it matters
    /// The path is not there on the server, and tells a name to everybody who opens the package.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="Data" defaultValue="C:\Users\ada\shop\data" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="Data" defaultValue="{AppPath}/data" />
    /// ```
    ///
    /// ## Fix
    /// None: only you know what is meant.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/path-of-a-developer", PAR037, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters().filter(|_| cx.package.kind != Kind::WebDeployPackage) else { return };
    for parameter in parameters.list.iter().filter(|parameter| is_of_a_developer(parameter.default_text())) {
        let message = format!("the default of `{}` is a path of the machine it was written on", parameter.label());
        out.push(
            at_default(parameters, parameter, message)
                .consequence("The path is not there on the server, and tells the name of its owner.")
                .help("Use a path on the server, such as `{AppPath}/data`."),
        );
    }
}

fn is_of_a_developer(default: &str) -> bool {
    let path = default.to_lowercase().replace('\\', "/");
    let on_drive = path
        .find(":/")
        .is_some_and(|at| path.get(..at).is_some_and(|head| head.ends_with(|c: char| c.is_ascii_lowercase())));
    let owned = [":/users/", ":/documents and settings/", "/obj/debug/", "/obj/release/"];
    let home = path.starts_with("/home/") || path.starts_with("/users/");
    let shared = path.contains(":/users/public/");
    (on_drive && owned.iter().any(|folder| path.contains(folder)) || home) && !shared && !path.contains("://")
}
