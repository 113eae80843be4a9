//! What several rules say or do in the same way.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::Source;
use crate::text::{DecodeProblem, Span, Text};

/// Reports what is not well-formed in an XML file, or why its bytes are not text.
pub(super) fn not_well_formed(source: &Source, text: Option<&Text>, consequence: &str, out: &mut Vec<Diagnostic>) {
    if let Some(problem) = text.and_then(Text::problem) {
        let (offset, message) = match problem {
            DecodeProblem::Malformed { encoding, offset } => {
                (*offset, format!("the file is not {encoding} from here on"))
            }
            DecodeProblem::Unknown { name } => (0, format!("the encoding `{name}` is not read here")),
        };
        out.push(
            Diagnostic::new(Location::span(&source.path, Span::at(offset)), message)
                .consequence(consequence)
                .help("Save the file as UTF-8."),
        );
        return;
    }
    for problem in &source.document.problems {
        let location = Location::span(&source.path, problem.span);
        out.push(
            Diagnostic::new(location, problem.message.clone())
                .consequence(consequence)
                .help(problem.help.unwrap_or("Correct the markup at this place.")),
        );
    }
}
