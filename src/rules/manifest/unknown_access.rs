//! MAN012: a right that Windows does not have.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::{Edit, Fix};
use crate::model::provider::distance;
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for words in `setAclAccess` that are no rights of the file system, in any case.
    /// An empty word between or after commas is an error.
    ///
    /// ## Why it matters
    /// Web Deploy cannot read the list and stops at the provider.
    /// `Execute` alone is no right either: `ReadAndExecute`, `ExecuteFile` and `Traverse` are.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <setAcl path="shop/media" setAclAccess="Read, Change" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <setAcl path="shop/media" setAclAccess="Modify" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// When the word is nearly a right, the packager offers that one.
    /// Please review it: rights decide what the application may do.
    ///
    /// ## References
    /// - Microsoft, "Set ACLs Through the Manifest.xml File"
    /// - Microsoft, "FileSystemRights Enum"
    "manifest/unknown-access", MAN012, gallery: Warning, webdeploy: Warning
}

/// `FileSystemRights` of .NET.
const RIGHTS: [&str; 23] = [
    "AppendData",
    "ChangePermissions",
    "CreateDirectories",
    "CreateFiles",
    "Delete",
    "DeleteSubdirectoriesAndFiles",
    "ExecuteFile",
    "FullControl",
    "ListDirectory",
    "Modify",
    "Read",
    "ReadAndExecute",
    "ReadAttributes",
    "ReadData",
    "ReadExtendedAttributes",
    "ReadPermissions",
    "Synchronize",
    "TakeOwnership",
    "Traverse",
    "Write",
    "WriteAttributes",
    "WriteData",
    "WriteExtendedAttributes",
];

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for provider in manifest.named("setAcl") {
        // Without a value the right is `Read`.
        let Some(access) = provider.attribute("setAclAccess").filter(|access| !access.value.trim().is_empty()) else {
            continue;
        };
        let words: Vec<&str> = access.value.split(',').map(str::trim).collect();
        let known = |word: &str| {
            RIGHTS.iter().any(|right| right.eq_ignore_ascii_case(word)) || word.bytes().all(|b| b.is_ascii_digit())
        };
        let location = || Location::span(file, access.value_span);
        let replace = |list: &[&str]| vec![Edit::replace(file, access.value_span, list.join(","))];
        if words.contains(&"") {
            let left: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
            let diagnostic = Diagnostic::new(location(), format!("`{}` has an empty right", access.value))
                .severity(Severity::Error)
                .consequence("Web Deploy cannot read the rights and stops.")
                .help("Remove the comma.");
            out.push(diagnostic.fix(Fix::review("Remove the comma", replace(&left))));
        }
        for word in words.iter().copied().filter(|word| !word.is_empty() && !known(word)) {
            let diagnostic = Diagnostic::new(location(), format!("Windows has no right `{word}`"))
                .consequence("Web Deploy cannot read the rights and stops.");
            out.push(match nearest(word) {
                Some(near) => {
                    let list: Vec<&str> = words.iter().map(|own| if *own == word { near } else { own }).collect();
                    let fix = Fix::review(format!("Use `{near}`"), replace(&list));
                    diagnostic.help(format!("Did you mean `{near}`?")).fix(fix)
                }
                None => diagnostic.help("Use `Read`, `Write`, `ReadAndExecute`, `Modify` or another right of Windows."),
            });
        }
    }
}

fn nearest(word: &str) -> Option<&'static str> {
    let lower = word.to_ascii_lowercase();
    if lower == "execute" {
        return Some("ReadAndExecute");
    }
    let distances = RIGHTS.iter().map(|right| (distance(&lower, &right.to_ascii_lowercase()), *right));
    distances.min().filter(|(distance, _)| *distance <= 2 && *distance < word.len() / 2).map(|(_, right)| right)
}
