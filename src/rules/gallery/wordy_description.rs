//! GAL002: a description with more words than the gallery's form takes.

use crate::diagnostic::{Diagnostic, Location};
use crate::publish::FormData;
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Counts the words of the two descriptions of the gallery's form: the description may have 200, the brief one 40.
    /// They are `description` and `briefDescription` of `form` in the options; what is not given is not judged.
    /// A dash or another sign that stands alone is no word.
    ///
    /// ## Why it matters
    /// The form takes no longer ones.
    ///
    /// ## Example
    /// A brief description that tells the history of the application in 60 words.
    ///
    /// ## Use instead
    /// ```json
    /// { "form": { "briefDescription": "A shop for small publishers, with a cart and a catalogue." } }
    /// ```
    ///
    /// ## Fix
    /// None: only you know which words matter.
    ///
    /// ## References
    /// - Microsoft, the submission form of the Web App Gallery
    "gallery/wordy-description", GAL002, gallery: Warning, webdeploy: Off
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let texts = [
        ("description", "description", &cx.form.description, 200),
        ("briefDescription", "brief description", &cx.form.brief_description, 40),
    ];
    for (field, name, text, most) in texts {
        let words = words(text.as_deref().unwrap_or(""));
        if words <= most {
            continue;
        }
        let more = words - most;
        let plural = if more == 1 { "" } else { "s" };
        out.push(
            Diagnostic::new(Location::raw(&FormData::place(field)), format!("the {name} has {words} words"))
                .consequence(format!("The gallery's form takes {most} at most."))
                .help(format!("Shorten it by {more} word{plural}.")),
        );
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}
