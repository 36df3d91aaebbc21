//! What was found, and how it is told.

use serde::Serialize;

/// How much something matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// The site does not work, shows what is not so, or will.
    Fault,
    /// It works; it could be faster or better guarded.
    Remark,
}

/// A line that mends something, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mend {
    /// The kind of host, or of place.
    pub at: &'static str,
    /// The line.
    pub line: String,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its name, the same for the same fault on every site.
    pub id: &'static str,
    /// How much it matters.
    pub grade: Grade,
    /// The address it is about.
    pub address: String,
    /// What is there, and what should be.
    pub what: String,
    /// What mends it, for each kind of host.
    pub mend: Vec<Mend>,
}

/// All that was found.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// The site.
    pub url: String,
    /// The snapshot that it shows, if it can be read.
    pub snapshot: Option<String>,
    /// How many addresses were asked for.
    pub asked: usize,
    /// What is not as it should be.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.count(Grade::Fault) == 0
    }

    /// Takes a fault in.
    pub fn fault(&mut self, id: &'static str, address: &str, what: String, mend: Vec<Mend>) {
        self.take(Grade::Fault, id, address, what, mend);
    }

    /// Takes a remark in.
    pub fn remark(&mut self, id: &'static str, address: &str, what: String, mend: Vec<Mend>) {
        self.take(Grade::Remark, id, address, what, mend);
    }

    fn take(
        &mut self,
        grade: Grade,
        id: &'static str,
        address: &str,
        what: String,
        mend: Vec<Mend>,
    ) {
        let address = address.to_owned();
        self.findings.push(Finding { id, grade, address, what, mend });
    }

    fn count(&self, grade: Grade) -> usize {
        self.findings.iter().filter(|finding| finding.grade == grade).count()
    }

    /// Everything, as people read it: faults first, and what is the same of many addresses once.
    pub fn text(&self) -> String {
        let mut lines = vec![match &self.snapshot {
            Some(id) => format!("{} shows snapshot {id}", self.url),
            None => self.url.clone(),
        }];
        for grade in [Grade::Fault, Grade::Remark] {
            let mut told: Vec<(&str, &[Mend])> = Vec::new();
            for finding in self.findings.iter().filter(|finding| finding.grade == grade) {
                let Finding { id, address, what, mend, .. } = finding;
                let name = if grade == Grade::Fault { "FAULT " } else { "remark" };
                lines.push(format!("{name} {id}: {address}\n       {what}"));
                let is_known = told.contains(&(id, mend));
                if !is_known {
                    lines.extend(mend.iter().map(|mend| {
                        let inner = mend.line.replace('\n', "\n           ");
                        format!("       {}:\n           {inner}", mend.at)
                    }));
                    told.push((id, mend));
                }
            }
        }
        let (faults, remarks) = (self.count(Grade::Fault), self.count(Grade::Remark));
        let verdict = match faults {
            0 => "sound".to_owned(),
            1 => "1 fault".to_owned(),
            some => format!("{some} faults"),
        };
        lines.push(format!("{} addresses asked for: {verdict}, {remarks} remarks", self.asked));
        lines.join("\n")
    }
}
