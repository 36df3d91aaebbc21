//! What the host configured.

use crate::session::config::{Config, ConfigProblem};

/// What the host configured, and what was wrong with it.
#[derive(Debug)]
pub struct Setup {
    /// The configuration in force.
    pub config: Config,
    /// Keys that were not taken as written.
    pub problems: Vec<ConfigProblem>,
}

impl Setup {
    /// What the text of `config.json` says.
    pub fn read(text: &str) -> Self {
        let (config, problems) = Config::read(text);
        Self { config, problems }
    }
}
