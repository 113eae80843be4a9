//! Where the application will run: the person's answers, else what its files say.

use crate::detect::{Candidate, Loader, OwnServer, Protocol};
use crate::generate::web_config::{ServerCommand, StaticFolder, rewrite};
use crate::model::{Kind, WebConfig, static_rule};
use crate::path::PackagePath;
use crate::pipeline::answers::Answers;
use crate::pipeline::plan::Plan;
use crate::pipeline::session::Input;
use crate::pipeline::statics;
use crate::report;
use crate::rules::Wanted;
use crate::target::{self, Choice, Hosting, Setup, Target};
use crate::tree::FileTree;

/// What is decided about the host.
#[derive(Clone, Debug)]
pub(super) struct Host {
    pub(super) target: &'static Target,
    pub(super) choice: Choice,
    pub(super) site_root: String,
    /// What `HttpPlatformHandler` starts; nothing for wfastcgi.
    pub(super) command: Option<ServerCommand>,
    pub(super) static_folders: Vec<StaticFolder>,
    pub(super) root_files: Vec<String>,
    /// The module that is written because the program that is started needs it.
    pub(super) loader: Option<Loader>,
    /// Whether a package of the command is not in the application.
    server_missing: bool,
    requirements: bool,
}

impl Plan {
    /// The target, the interpreter, the command and what is fetched as files.
    pub(super) fn choose_host(&self, input: &Input, answers: &Answers, app: &FileTree, folder: &PackagePath) -> Host {
        let need = self.detection.as_ref().map(|found| found.python.clone()).unwrap_or_default();
        let present = present(input, &self.package, app, folder);
        let by_command = answers.command.is_some().then(|| target::by_id("iis-httpplatform")).flatten();
        let target = answers.target.or(by_command).or(present.as_ref().map(|(target, _)| *target));
        let startable = self.startable();
        let asgi = startable.as_ref().is_some_and(|own| own.protocol == Protocol::Asgi);
        let server = self.own_server(startable.as_ref());
        let by_itself =
            asgi || server.is_some() || startable.as_ref().is_some_and(|own| own.protocol == Protocol::Server);
        let target = target.unwrap_or_else(|| target::suited(&need, by_itself));
        let own = present.filter(|(own, _)| *own == target && answers.interpreter.is_none());
        let choice = match own {
            Some((_, executable)) => Choice {
                reason: format!("`{executable}`: web.config names it."),
                ..target.choose(&need, Some(&executable))
            },
            None => target.choose(&need, answers.interpreter.as_deref()),
        };
        let mut choice = choice;
        if let Some(own) = startable.as_ref().filter(|_| asgi && answers.target.is_none()) {
            let why = format!(" `{}` is an ASGI application, which wfastcgi cannot call.", own.entry_point);
            choice.reason.push_str(&why);
        }
        if let Some(own) = server.filter(|_| answers.target.is_none()) {
            let why = format!(" `{}` serves by itself, and wfastcgi can call nothing in it.", own.evidence.file);
            choice.reason.push_str(&why);
        }
        let site_root = target.site_root(folder, answers.site_root.as_deref());
        let chosen = startable.as_ref();
        let command = (target.hosting == Hosting::HttpPlatform).then_some(()).and_then(|()| {
            let given = answers.command.as_deref().map(ServerCommand::given);
            let by_itself = server.map(|server| ServerCommand::of_server(server, &site_root));
            // What serves by itself is no application for waitress.
            let callable = chosen.filter(|chosen| chosen.protocol != Protocol::Server);
            let called = || callable.map(|chosen| ServerCommand::suggested(&chosen.entry_point, asgi));
            given.or(by_itself).or_else(called)
        });
        let loader = server.filter(|_| command.is_some() && answers.command.is_none()).and_then(OwnServer::loader);
        let bundled = |name: &str| {
            let below = chosen.map_or_else(|| server.map_or(&[][..], |own| &own.python_path), |own| &own.python_path);
            let folders = below.iter().map(|folder| format!("{folder}/")).chain([String::new()]);
            folders.into_iter().any(|folder| app.file_ignoring_case(&format!("{folder}{name}/__init__.py")).is_some())
        };
        Host {
            site_root,
            loader: loader.cloned(),
            server_missing: command.as_ref().and_then(|own| own.package).is_some_and(|name| !bundled(name)),
            requirements: app.file_ignoring_case("requirements.txt").is_some(),
            static_folders: match &answers.extras.static_folders {
                Some(said) => statics::said(app, said),
                None => statics::folders(app, self.detection.as_ref().map_or(&[][..], |found| &found.static_folders)),
            },
            root_files: static_rule::root_files(app),
            target,
            choice,
            command,
        }
    }
}

impl Plan {
    /// What the person chose, as web.config would say it.
    pub(super) fn wanted(&self, answers: &Answers) -> Wanted {
        let chosen = self.chosen.as_ref();
        let told = answers.target.is_some() || answers.interpreter.is_some();
        let host = self.host.as_ref().filter(|_| told);
        let by = |hosting: Hosting| host.filter(move |host| host.target.hosting == hosting);
        Wanted {
            handler: chosen.filter(|_| answers.entry_point.is_some()).map(|own| own.entry_point.handler()),
            settings: chosen
                .filter(|_| answers.entry_point.is_some() || answers.settings.is_some())
                .and_then(|own| own.settings.clone()),
            script_processor: by(Hosting::FastCgi).map(|host| host.choice.script_processor()),
            process: by(Hosting::HttpPlatform).map(|host| {
                let program = host.command.as_ref().and_then(|command| command.program.clone());
                program.unwrap_or_else(|| host.choice.executable.clone())
            }),
            absent_from: self.app_folder.clone().filter(|_| self.is_no_application),
            unfound_in: self.app_folder.clone().filter(|_| self.is_unfound()),
        }
    }

    /// Whether an application was looked for and nothing was found that could be started.
    fn is_unfound(&self) -> bool {
        let is_started = self.host.as_ref().is_some_and(|host| host.command.is_some());
        let looked = self.kind == Kind::Application && self.detection.is_some() && !self.is_no_application;
        looked && self.chosen.is_none() && !is_started
    }

    /// The program that serves by itself and is started: when nothing is called, or the person chose what
    /// is in that file.
    pub(super) fn own_server(&self, startable: Option<&Candidate>) -> Option<&OwnServer> {
        let server = self.detection.as_ref()?.own_server.as_ref()?;
        let is_it = |own: &Candidate| {
            own.protocol == Protocol::Server && own.evidence.first().is_some_and(|own| own.file == server.evidence.file)
        };
        startable.is_none_or(is_it).then_some(server)
    }

    /// What a server can be started with: what is called, else an application for another server.
    pub(super) fn startable(&self) -> Option<Candidate> {
        let mut found = self.detection.iter().flat_map(|detection| &detection.candidates);
        let asgi = || found.find(|own| own.protocol == Protocol::Asgi).cloned();
        self.chosen.clone().or_else(asgi)
    }
}

/// The target of the web.config that is there, and the interpreter that it names.
fn present(
    input: &Input,
    package: &FileTree,
    app: &FileTree,
    folder: &PackagePath,
) -> Option<(&'static Target, String)> {
    let path = app.file_ignoring_case("web.config")?.path.below(folder);
    let config = WebConfig::at(&input.contents(package), &path)?;
    if let Some(process) = &config.http_platform {
        let executable = process.process_path.as_ref()?.text.trim().trim_matches('"').to_owned();
        return Some((target::by_id("iis-httpplatform")?, executable)).filter(|(_, path)| target::check(path).is_ok());
    }
    let (executable, script) = config.wfastcgi().find_map(crate::model::web_config::Handler::command)?;
    let named = format!("{executable}|{script}");
    target::check(&named).ok()?;
    let lower = executable.to_ascii_lowercase();
    let id = if lower.starts_with(r"d:\home\") {
        "azure-extension"
    } else if lower.starts_with(r"d:\python") {
        "azure-classic"
    } else {
        "iis-wfastcgi"
    };
    Some((target::by_id(id)?, named))
}

impl Host {
    /// What is said about it.
    pub(super) fn report(self) -> report::Host {
        let moved = rewrite::moves(&self.static_folders);
        let server = self.command.as_ref().and_then(|own| own.package).filter(|_| self.server_missing);
        let program = self.command.as_ref().and_then(|own| own.program.clone());
        let mut choice = self.choice;
        if let Some(program) = &program {
            choice.executable.clone_from(program);
        }
        let setup = Setup {
            choice: &choice,
            site_root: &self.site_root,
            server,
            rewrites: self.target.hosting == Hosting::FastCgi || moved,
            requirements: self.requirements,
        };
        report::Host {
            steps: (self.target.steps)(&setup),
            target: self.target,
            choice,
            site_root: self.site_root,
            program,
            command: self.command.map(|own| own.arguments),
        }
    }
}
