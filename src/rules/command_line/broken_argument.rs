//! CLI001: an argument that an editor or a blank broke.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::publish::Alone;
use crate::publish::command_line::{Argument, Command, is_dash};
use crate::rules::Context;
use crate::text::Span;

declare_rule! {
    /// ## What it does
    /// Looks in a command line of msdeploy for quotes and dashes that an editor made of `"` and `-`, and for blanks after a dash, after a comma, and around `:`.
    ///
    /// ## Why it matters
    /// Each `-option:...` is one argument.
    /// msdeploy takes the pieces of a broken one for arguments of their own: "Error: Unrecognized argument".
    ///
    /// ## Example
    /// ```text
    /// msdeploy.exe –verb:sync -source:package=“C:\app.zip” -dest:auto, userName="x" - setParamFile:"C:\values.xml"
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// msdeploy.exe -verb:sync -source:package="C:\app.zip" -dest:auto,userName="x" -setParamFile:"C:\values.xml"
    /// ```
    ///
    /// ## Fix
    /// Writes plain quotes and dashes, and takes the blanks out.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy Command Line Syntax"
    "command-line/broken-argument", CLI001, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(Alone::CommandLine(script)) = &cx.package.alone else { return };
    let mut report = |span: Span, message: String, title: &str, edits: Vec<Edit>| {
        out.push(
            Diagnostic::new(Location::span(&script.path, span), message)
                .consequence("msdeploy stops: \"Unrecognized argument\".")
                .help("Write each option as one argument, with plain quotes and dashes.")
                .fix(Fix::safe(title, edits)),
        );
    };
    for command in &script.commands {
        let wrong = typographic(command);
        if let Some((first, _)) = wrong.first() {
            let edits = wrong.iter().map(|(span, plain)| Edit::replace(&script.path, *span, *plain)).collect();
            let message = "the command line has quotes or dashes that an editor made".to_owned();
            report(*first, message, "Write plain quotes and dashes", edits);
        }
        for (span, what) in blanks(command) {
            let edit = Edit::replace(&script.path, span, "");
            report(span, format!("there is a blank {what}"), "Take the blank out", vec![edit]);
        }
    }
}

/// Quotes and dashes that msdeploy does not know, with what belongs in their place.
fn typographic(command: &Command) -> Vec<(Span, &'static str)> {
    let mut out = Vec::new();
    for argument in &command.arguments {
        let mut before = ' ';
        for (at, char) in argument.text.char_indices() {
            let span = argument.part(at, at + char.len_utf8());
            let next = argument.text.get(at + char.len_utf8()..).and_then(|rest| rest.chars().next());
            let edge = matches!(before, ' ' | '=' | ':' | ',') || next.is_none_or(|next| matches!(next, ',' | ' '));
            match char {
                '“' | '”' | '„' => out.push((span, "\"")),
                '‘' | '’' if edge => out.push((span, "'")),
                dash if at == 0 && dash != '-' && is_dash(dash) => out.push((span, "-")),
                _ => {}
            }
            before = char;
        }
    }
    out
}

/// Blanks that tear an option apart, and where they stand.
fn blanks(command: &Command) -> Vec<(Span, &'static str)> {
    let pairs = command.arguments.windows(2).filter_map(|pair| <&[Argument; 2]>::try_from(pair).ok());
    let torn = pairs.filter_map(|[left, right]| {
        let gap = Span::new(left.span.end, right.span.start);
        let is_option = left.text.starts_with(is_dash);
        let what = if left.text.chars().all(is_dash) && right.text.starts_with(|char: char| char.is_ascii_alphabetic())
        {
            "after a dash"
        } else if is_option && right.text.starts_with(':') {
            "before `:`"
        } else if right.text.starts_with(is_dash) {
            return None;
        } else if is_option && left.text.ends_with(',') {
            "after a comma"
        } else if is_option && left.text.ends_with(':') {
            "after `:`"
        } else {
            return None;
        };
        Some((gap, what))
    });
    torn.collect()
}
