//! dbFullSql and dbMySql: scripts that set up a database, with what an installer asks for them.

use super::{Lines, ParameterLines, entry, exactly, question, scope};
use crate::model::parameters::Parameter;
use crate::model::sql::Script;
use crate::model::{Manifest, Package, Parameters};
use crate::path::PackagePath;
use crate::sorted::Map;
use crate::xml::escape;

/// What runs a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DatabaseEngine {
    /// Microsoft SQL Server.
    SqlServer,
    /// `MySQL`.
    MySql,
}

impl DatabaseEngine {
    /// Its name in answers, which is its tag in Parameters.xml.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SqlServer => "SQL",
            Self::MySql => "MySQL",
        }
    }

    /// The engine with a name: `SQL`, `MySQL`.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        [Self::SqlServer, Self::MySql].into_iter().find(|engine| engine.as_str().eq_ignore_ascii_case(name))
    }

    const fn provider(self) -> &'static str {
        match self {
            Self::SqlServer => "dbFullSql",
            Self::MySql => "dbMySql",
        }
    }

    /// What the names of its parameters begin with.
    const fn prefix(self) -> &'static str {
        match self {
            Self::SqlServer => "Sql",
            Self::MySql => "MySql",
        }
    }

    const fn connection(self, in_master: bool) -> &'static str {
        match (self, in_master) {
            (Self::SqlServer, true) => "Data Source={server};Initial Catalog=master;User Id={admin};Password={pwd};",
            (Self::SqlServer, false) => {
                "Data Source={server};Initial Catalog={database};User Id={admin};Password={pwd};"
            }
            (Self::MySql, _) => "Server={server};Database={database};uid={admin};Pwd={pwd};",
        }
    }

    /// The address of the database as `DATABASE_URL` and `SQLAlchemy` have it.
    const fn url(self) -> &'static str {
        match self {
            Self::SqlServer => "mssql://{user}:{password}@{server}/{database}",
            Self::MySql => "mysql://{user}:{password}@{server}/{database}",
        }
    }
}

/// A script in the package's root.
#[derive(Debug)]
pub struct DatabaseScript {
    /// The file.
    pub path: PackagePath,
    /// What runs it.
    pub engine: DatabaseEngine,
    /// What it says.
    pub text: String,
    /// The setting that gets the address of the database, and how that is put together when not as usual.
    pub setting: Option<(String, Option<String>)>,
}

pub(super) fn add(
    lines: &mut Lines,
    package: &Package,
    (manifest, parameters): (&Manifest, &Parameters),
    scripts: &[DatabaseScript],
) {
    let mut by_engine: Map<DatabaseEngine, Vec<(&DatabaseScript, Script)>> = Map::new();
    for own in scripts {
        let known = manifest.named(own.engine.provider()).any(|provider| own.path.same(provider.path_text()));
        if !known {
            by_engine.change(own.engine, Vec::new, |list| list.push((own, Script::read(&own.text))));
        }
    }
    for (engine, mut scripts) in by_engine {
        // A user needs its login, and tables may need both.
        scripts.sort_by_key(|(_, script)| (!script.says("CREATE", "LOGIN"), !script.says("CREATE", "USER")));
        lines.providers.push(format!("<!-- Sets up the database with {}. -->", name(engine)));
        lines.providers.extend(scripts.iter().map(|(own, script)| provider(own, script)));
        let names = asked(lines, parameters, engine, package.app_folder.as_ref(), &scripts);
        connections(lines, engine, &names, &scripts);
        setting(lines, engine, &names, package, &scripts);
    }
}

const fn name(engine: DatabaseEngine) -> &'static str {
    match engine {
        DatabaseEngine::SqlServer => "SQL Server",
        DatabaseEngine::MySql => "MySQL",
    }
}

fn provider(own: &DatabaseScript, script: &Script) -> String {
    let mut line = format!("<{} path=\"{}\"", own.engine.provider(), escape(own.path.as_str()));
    let alone = script.outside_transaction().is_some() || script.says("CREATE", "USER");
    if own.engine == DatabaseEngine::SqlServer && alone {
        line.push_str(" transacted=\"false\"");
    }
    if own.engine == DatabaseEngine::MySql
        && let Some(delimiter) = script.delimiter()
    {
        line.push_str(&format!(" commandDelimiter=\"{}\" removeCommandDelimiter=\"true\"", escape(delimiter)));
    }
    line + " />"
}

/// The names of the six parameters, by what they are in a connection string.
type Named = Map<&'static str, String>;

/// The six parameters of a database; one that is there already is used.
fn asked(
    lines: &mut Lines,
    parameters: &Parameters,
    engine: DatabaseEngine,
    app_folder: Option<&PackagePath>,
    scripts: &[(&DatabaseScript, Script)],
) -> Named {
    let base: String =
        app_folder.map_or("", |folder| folder.name()).chars().filter(char::is_ascii_alphanumeric).collect();
    let base = if base.is_empty() { "app".to_owned() } else { base.chars().take(11).collect() };
    let user = format!("{base}user");
    let (server, admin) = match engine {
        DatabaseEngine::SqlServer => (r".\SQLEXPRESS", "sa"),
        DatabaseEngine::MySql => ("localhost", "root"),
    };
    let six = [
        ("server", "DbServer", "dbServer", "", Some(server)),
        ("database", "DbName", "dbName", "", Some(base.as_str())),
        ("user", "DbUsername", "dbUsername", "", Some(user.as_str())),
        ("password", "DbPassword", "dbUserPassword", "New,Password,", None),
        ("admin", "DbAdminUsername", "dbAdminUsername", "", Some(admin)),
        ("pwd", "DbAdminPassword", "dbAdminPassword", "Password,", None),
    ];
    let tag = engine.as_str();
    let mut names = Named::new();
    let mut first = true;
    for (role, suffix, of, more, default) in six {
        let known = |own: &&Parameter| own.has_tag(of) && own.engines().any(|own| own == tag);
        if let Some(own) = parameters.list.iter().find(known) {
            names.insert(role, own.name_text().to_owned());
            continue;
        }
        let name = lines.names.take(&format!("{}{suffix}", engine.prefix()));
        let comment =
            format!("The database with {}: installers know by the tags what they ask for.", self::name(engine));
        let parameter = ParameterLines {
            comment: if first { &comment } else { "" },
            name: &name,
            default,
            tags: &format!("{more}{tag},{of}"),
            children: placeholders(role, scripts),
            ..ParameterLines::default()
        };
        lines.parameters.push(parameter.text());
        names.insert(role, name);
        first = false;
    }
    names
}

/// Words that scripts of the gallery have in place of what the installer is asked.
fn placeholders(role: &str, scripts: &[(&DatabaseScript, Script)]) -> Vec<String> {
    let words: &[&str] = match role {
        "database" => &["PlaceHolderForDb", "PlaceHolderForDbName", "PlaceHolderForDatabase"],
        "user" => &["PlaceHolderForUser", "PlaceHolderForUsername", "PlaceHolderForDbUsername"],
        "password" => &["PlaceHolderForPassword", "PlaceHolderForDbPassword", "PlaceHolderForUserPassword"],
        _ => &[],
    };
    let mut entries = Vec::new();
    for (own, _) in scripts {
        let small = own.text.to_lowercase();
        let has = |word: &&&str| {
            let word = word.to_lowercase();
            let whole =
                |at: usize| !small.get(at + word.len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
            small.match_indices(&word).any(|(at, _)| whole(at))
        };
        entries
            .extend(words.iter().filter(has).map(|word| entry("TextFile", &scope(&own.path), &format!(r"{word}\b"))));
    }
    entries
}

/// The hidden connection strings that the scripts run with; logins are made in the database `master`.
fn connections(lines: &mut Lines, engine: DatabaseEngine, names: &Named, scripts: &[(&DatabaseScript, Script)]) {
    for in_master in [true, false] {
        let own = scripts.iter().filter(|(own, script)| {
            (own.engine == DatabaseEngine::SqlServer && script.says("CREATE", "LOGIN")) == in_master
        });
        let provider = engine.provider();
        let children: Vec<String> =
            own.map(|(own, _)| entry("ProviderPath", provider, &exactly(own.path.as_str()))).collect();
        if children.is_empty() {
            continue;
        }
        let suffix = if in_master { "AdminConnectionString" } else { "ConnectionString" };
        let name = lines.names.take(&format!("{}{suffix}", engine.prefix()));
        let parameter = ParameterLines {
            comment: "What the scripts log in with.",
            name: &name,
            default: Some(&composed(engine.connection(in_master), names)),
            tags: &format!("Hidden,{}ConnectionString,Validate", engine.as_str()),
            children,
            ..ParameterLines::default()
        };
        lines.parameters.push(parameter.text());
    }
}

/// A hidden parameter that tells the application where its database is.
fn setting(
    lines: &mut Lines,
    engine: DatabaseEngine,
    names: &Named,
    package: &Package,
    scripts: &[(&DatabaseScript, Script)],
) {
    let Some((key, url)) = scripts.iter().find_map(|(own, _)| own.setting.as_ref()) else { return };
    let Some(entry) = question::entry_of_setting(package, key) else { return };
    let name = lines.names.take(&format!("{}Setting", engine.prefix()));
    let parameter = ParameterLines {
        comment: &format!("What the application reads as {key}."),
        name: &name,
        default: Some(&composed(url.as_deref().unwrap_or_else(|| engine.url()), names)),
        tags: &format!("Hidden,{}", engine.as_str()),
        children: vec![entry],
        ..ParameterLines::default()
    };
    lines.parameters.push(parameter.text());
}

/// A text with the names of parameters in the places of what they are.
fn composed(text: &str, names: &Named) -> String {
    names
        .iter()
        .fold(text.to_owned(), |text, (role, name)| text.replace(&format!("{{{role}}}"), &format!("{{{name}}}")))
}
