//! The host and what has to be on it.

use super::types;
use crate::report::Host;
use crate::target::{self, Hosting};

pub(super) fn host(host: Host) -> types::Target {
    let Host { target, choice, site_root, program, command, steps } = host;
    types::Target {
        id: target.id,
        name: target.name,
        interpreter: match target.hosting {
            Hosting::FastCgi => choice.script_processor(),
            Hosting::HttpPlatform => program.unwrap_or(choice.executable),
        },
        reason: choice.reason,
        retired: target.retired,
        site_root,
        command,
        steps: steps.into_iter().map(|step| types::ServerStep { text: step.text, commands: step.commands }).collect(),
        choices: target::ALL
            .iter()
            .map(|own| types::TargetChoice { id: own.id, name: own.name, retired: own.retired })
            .collect(),
    }
}
