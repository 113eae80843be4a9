//! ZIP016: links and devices of Unix.

use crate::archive::Member;
use crate::diagnostic::Diagnostic;
use crate::fix::{Edit, Fix};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::support::of_members;

declare_rule! {
    /// ## What it does
    /// Looks for symbolic links, and for devices, pipes and sockets.
    ///
    /// ## Why it matters
    /// On Windows a link becomes a small text file with the path that it leads to: Python imports it and stops with a syntax error, and pages get that text.
    ///
    /// ## Example
    /// ```text
    /// $ ln -s ../shared/static shop/static
    /// $ zip --symlinks -r shop.zip shop
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// $ zip -r shop.zip shop
    /// ```
    ///
    /// ## Fix
    /// Takes the links out of the package.
    /// Please review it: what they lead to must be copied into their place when the application needs it.
    ///
    /// ## References
    /// - Info-ZIP, "zip", the option `--symlinks`
    "archive/symbolic-link", ZIP016, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(archive) = cx.archive else { return };
    let link = |member: &Member| member.symlink() || member.special();
    let there = |member: &Member| {
        link(member) && PackagePath::new(&member.name).is_ok_and(|path| cx.tree().get(&path).is_some())
    };
    let Some(diagnostic) = of_members(cx, there, "is a link, not a file", "are links, not files") else { return };
    let paths = archive.members().iter().filter(|member| there(member));
    let edits = paths.filter_map(|member| Some(Edit::Remove { path: PackagePath::new(&member.name).ok()? }));
    out.push(
        diagnostic
            .consequence("On Windows it becomes a small text file with the path that it leads to.")
            .help("Put the file or folder itself in its place.")
            .fix(Fix::review("Leave the links out", edits.collect())),
    );
}
