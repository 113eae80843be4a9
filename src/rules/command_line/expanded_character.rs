//! CLI003: characters that the shell takes for its own.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::publish::Alone;
use crate::publish::command_line::{Argument, Shell};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks in a `.ps1` for `$name` in double quotes after `userName=`, when the script never sets that variable; in a `.cmd` or `.bat` for `%20` and the like, and for `&` outside quotes.
    ///
    /// ## Why it matters
    /// PowerShell puts the value of the variable `$name` there, which is empty, and the host answers 401.
    /// In a batch file `%2` is its second argument, and `&` begins another command.
    ///
    /// ## Example
    /// ```text
    /// msdeploy.exe -verb:sync -source:package="app.zip" -dest:auto,userName="$shop"
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// msdeploy.exe -verb:sync -source:package="app.zip" -dest:auto,userName="`$shop"
    /// ```
    ///
    /// ## Fix
    /// Writes a backtick before `$`, doubles `%`, or writes `^` before `&`.
    ///
    /// ## References
    /// - Microsoft, "About Quoting Rules" of PowerShell; "cmd" of Windows
    "command-line/expanded-character", CLI003, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(Alone::CommandLine(script)) = &cx.package.alone else { return };
    let Some(text) = cx.contents.text(&script.path) else { return };
    for argument in script.commands.iter().flat_map(|command| &command.arguments) {
        let found = match script.shell {
            Shell::PowerShell => variable(argument, text.as_str()),
            Shell::Cmd => batch(argument),
            Shell::Unknown => None,
        };
        let Some(Found { start, end, prefix, consequence }) = found else { continue };
        let span = argument.part(start, end);
        let written = text.slice(span);
        out.push(
            Diagnostic::new(Location::span(&script.path, span), format!("the shell does not pass `{written}` on"))
                .consequence(consequence)
                .help("Mark the character as a plain one.")
                .fix(Fix::safe(
                    format!("Pass `{written}` on as it is"),
                    vec![Edit::insert(&script.path, span.start, prefix)],
                )),
        );
    }
}

struct Found {
    start: usize,
    end: usize,
    prefix: &'static str,
    consequence: &'static str,
}

/// The name of a user that PowerShell takes for one of its variables.
fn variable(argument: &Argument, script: &str) -> Option<Found> {
    let (value, start) = argument.value("userName")?;
    let quoted = argument.text.get(..start)?.ends_with('"');
    let name = value.strip_prefix('$').filter(|_| quoted)?;
    let plain = !name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_');
    // A variable that the script sets, or takes as a parameter, is meant.
    let lower = script.to_ascii_lowercase();
    let whole = format!("${}", name.to_ascii_lowercase());
    (plain && lower.matches(&whole).count() == 1).then_some(Found {
        start,
        end: start + value.len(),
        prefix: "`",
        consequence: "PowerShell puts a variable there, which is empty; the host answers 401.",
    })
}

/// What a batch file takes for an argument of its own, or for the beginning of another command.
fn batch(argument: &Argument) -> Option<Found> {
    let text = &argument.text;
    let mut quoted = false;
    let mut before = ' ';
    for (at, char) in text.char_indices() {
        quoted ^= char == '"';
        let rest = text.get(at + 1..).unwrap_or("");
        let hex = || rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
        if char == '%' && before != '%' && hex() && text.matches('%').count() == 1 {
            let consequence = "The batch file puts one of its own arguments there.";
            return Some(Found { start: at, end: at + 3, prefix: "%", consequence });
        }
        // `& next` begins another command on purpose.
        if char == '&'
            && !quoted
            && before != '^'
            && !rest.is_empty()
            && !matches!(before, ' ' | '&')
            && !rest.starts_with('&')
        {
            let consequence = "The rest of the line is run as another command.";
            return Some(Found { start: at, end: at + 1, prefix: "^", consequence });
        }
        before = char;
    }
    None
}
