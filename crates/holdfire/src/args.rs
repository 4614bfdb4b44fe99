//! What a person can type.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Keeps the record of a cease-fire: reads reports as claims, links them into incidents, and answers with sources.
#[derive(Debug, Parser)]
#[command(name = "holdfire", version, max_term_width = 100, after_help = EXITS)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub packs: OwnPacks,
}

/// Packs that a run brings along.
#[derive(Debug, ClapArgs)]
pub struct OwnPacks {
    /// A pack of your own; one with the id of a pack in the program takes its place. May be given several times
    #[arg(long = "pack", value_name = "FILE", global = true)]
    pub packs: Vec<PathBuf>,
    /// Leave out packs that are not whole, and go on with the others
    #[arg(long, global = true)]
    pub skip_bad_packs: bool,
}

const EXITS: &str = "Data goes to standard output, everything else to standard error.\n\
    Exit codes: 0 done; 1 done, with problems listed; 2 could not.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read the claims of reports
    Read(Read),
    /// Print every language layer with offsets
    Annotate(Annotate),
    /// Read everything new into the ledger; twice is the same as once
    Record(Record),
    /// Take in rows of other data sets as claims of their makers; twice is the same as once
    Import(Import),
    /// Write the record in the form of others, and report what that form cannot hold
    Export(Export),
    /// Is it holding? Violence, aid and talks under a truce, each number with its claims
    Status(Status),
    /// One day: each side's account by province, bounds, convoys, talks
    Day(Day),
    /// One incident with every account of it
    Incident(One),
    /// One claim with the reason for each slot
    Claim(One),
    /// Why a claim was read so: each slot's rule, what the models weighed, the sentence's tree
    Explain(One),
    /// One report with its claims
    Report(One),
    /// Find claims and reports by words
    Search(Search),
    /// Object to a report, claim or incident; gives a receipt
    Correct(Correct),
    /// List corrections and their answers
    Corrections(View),
    /// Answer a correction
    Answer(Answer),
    /// The claims that most need a second look
    Review(Review),
    /// Names that no pack knows, and bare words that several parties could be
    Parties(Parties),
    /// Packs: parties, places and truces that an analyst can edit
    #[command(subcommand)]
    Pack(Pack),
    /// Check that nothing in the ledger was changed or lost
    Verify(Verify),
    /// The ledger's last entry in one line, to print and keep
    Head(Head),
    /// Sign the ledger's head, so that others can check later that nothing before it was changed
    Checkpoint(Checkpoint),
    /// Erase personal data for good; the record shows that something was erased, and when
    Erase(Erase),
    /// Serve the pages and the JSON API on this machine
    Serve(Serve),
    /// Read the sample reports, print how the truce stands, and serve the pages
    Demo(Demo),
}

/// The ledger to use.
#[derive(Debug, Clone, ClapArgs)]
pub struct LedgerArg {
    /// The ledger file
    #[arg(long, value_name = "FILE", env = "HOLDFIRE_LEDGER", default_value = "holdfire.ledger")]
    pub ledger: PathBuf,
}

/// A view of a ledger.
#[derive(Debug, Clone, ClapArgs)]
pub struct View {
    #[command(flatten)]
    pub ledger: LedgerArg,
    /// The record as it stood: an entry number, a day (its end, UTC) or a moment like 2017-02-16T12:00Z
    #[arg(long, value_name = "WHEN")]
    pub as_of: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReadFormat {
    /// A table for people
    Table,
    /// One claim a line, as in the gold files
    Jsonl,
    /// Comma-separated values
    Csv,
}

/// Files and folders to read.
#[derive(Debug, Clone, ClapArgs)]
pub struct Input {
    /// Files (.txt, .html, .jsonl) and folders of them
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Day of publication of texts that carry none
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub published: Option<Date>,
}

#[derive(Debug, ClapArgs)]
pub struct Read {
    #[command(flatten)]
    pub input: Input,
    /// How to print
    #[arg(long, value_enum, default_value_t = ReadFormat::Table)]
    pub format: ReadFormat,
    /// Write NAME.jsonl for each report into this folder instead of printing
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnnotateFormat {
    /// The treebanks' form
    Conllu,
    /// One object a line
    Jsonl,
}

#[derive(Debug, ClapArgs)]
pub struct Annotate {
    /// Files (.txt, .html, .jsonl) and folders of them
    #[arg(value_name = "PATH", required_unless_present = "tokens")]
    pub paths: Vec<PathBuf>,
    /// Day of publication of texts that carry none
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub published: Option<Date>,
    /// How to print
    #[arg(long, value_enum, default_value_t = AnnotateFormat::Conllu)]
    pub format: AnnotateFormat,
    /// Layers for jsonl, comma-separated: sentences, tokens, names, times, places,
    /// attribution, events, event-places
    #[arg(long, value_delimiter = ',', default_value = "sentences,tokens,names,times")]
    pub layers: Vec<String>,
    /// Label the words and sentences of this CoNLL-U file and print it again
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub tokens: Option<PathBuf>,
    /// Label these spans in the layers `places`, `events` and `event-places`: JSON lines with id, start and end in code points
    #[arg(long, value_name = "FILE", conflicts_with = "tokens")]
    pub spans: Option<PathBuf>,
    /// Write the text that offsets count in beside the result, as DIR/NAME.txt
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct Record {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub ledger: LedgerArg,
    /// Read reports again that an older reader read; the older reading stays in the ledger
    #[arg(long)]
    pub reread: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportForm {
    /// ACLED's events, of today and of older years
    Acled,
    /// UCDP's georeferenced events
    Ged,
    /// Conflict events of HDX HAPI, by month and area
    Hapi,
    /// The bulletin of two parties: each side's count of breaches a day
    Bulletin,
    /// A monitoring mission's table of observations
    Osce,
    /// Claims as `read --format csv` writes them
    Csv,
}

#[derive(Debug, ClapArgs)]
pub struct Import {
    /// Whose rows they are
    #[arg(long = "as", value_enum, value_name = "FORM")]
    pub form: ImportForm,
    /// CSV files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub ledger: LedgerArg,
    /// Print the summary as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportForm {
    /// CSV with ACLED's columns, an incident a row
    Acled,
    /// CSV with the columns of UCDP's GED, an incident with deaths a row
    Ged,
    /// A map of incidents with every account
    Geojson,
    /// Every claim and every incident, one a line
    Jsonl,
    /// Statements of FollowTheMoney, as CSV
    Ftm,
    /// Events and sources for TimeMap
    Timemap,
}

#[derive(Debug, ClapArgs)]
pub struct Export {
    /// The form
    #[arg(long = "as", value_enum, value_name = "FORM")]
    pub form: ExportForm,
    /// Where to write; by default standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// A second row of HXL tags, for the CSV of acled and ged
    #[arg(long)]
    pub hxl: bool,
    #[command(flatten)]
    pub view: View,
}

#[derive(Debug, ClapArgs)]
pub struct Parties {
    #[command(flatten)]
    pub view: View,
    /// Print the new parties as rows for a pack
    #[arg(long, conflicts_with = "json")]
    pub toml: bool,
}

#[derive(Debug, Subcommand)]
pub enum Pack {
    /// Tell what is wrong with a pack, with its line and what to do
    Check(PackCheck),
    /// Write a commented pack to begin with, as NAME.toml
    New(PackNew),
}

#[derive(Debug, ClapArgs)]
pub struct PackNew {
    /// The pack's id: small letters, digits and hyphens
    pub name: String,
}

#[derive(Debug, ClapArgs)]
pub struct PackCheck {
    /// TOML files
    #[arg(required = true, value_name = "FILE")]
    pub paths: Vec<PathBuf>,
}

/// A truce and days of it.
#[derive(Debug, Clone, ClapArgs)]
pub struct Status {
    #[command(flatten)]
    pub view: View,
    /// The truce
    #[arg(long, value_name = "ID", default_value = "syria-2016-12-30")]
    pub truce: String,
    /// First day; by default the truce's first, or the first that reports speak of
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub from: Option<Date>,
    /// Last day; by default the last that a report was published
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub to: Option<Date>,
}

#[derive(Debug, ClapArgs)]
pub struct Day {
    /// The day
    #[arg(value_name = "YYYY-MM-DD")]
    pub date: Date,
    #[command(flatten)]
    pub view: View,
    /// The truce
    #[arg(long, value_name = "ID", default_value = "syria-2016-12-30")]
    pub truce: String,
}

#[derive(Debug, ClapArgs)]
pub struct One {
    /// Its id, as printed elsewhere
    pub id: String,
    #[command(flatten)]
    pub view: View,
}

#[derive(Debug, ClapArgs)]
pub struct Search {
    /// Words; "in quotation marks" they follow each other, and a word may end with *
    #[arg(required = true)]
    pub words: Vec<String>,
    #[command(flatten)]
    pub ledger: LedgerArg,
    /// Most claims, and most reports, to print
    #[arg(long, default_value_t = 20)]
    pub limit: usize,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
pub struct Correct {
    /// What is objected to: the id of a report, claim or incident
    pub id: String,
    /// What is wrong, in your words
    #[arg(long)]
    pub text: String,
    /// Why: misread, report-wrong, withdrawn, linked, personal, other
    #[arg(long, default_value = "other")]
    pub reason: String,
    /// How to reach you; kept out of every view
    #[arg(long)]
    pub contact: Option<String>,
    #[command(flatten)]
    pub ledger: LedgerArg,
}

#[derive(Debug, ClapArgs)]
pub struct Answer {
    /// The receipt of the correction
    pub id: String,
    /// The record follows it
    #[arg(long, conflicts_with = "reject", required_unless_present = "reject")]
    pub accept: bool,
    /// The record does not follow it
    #[arg(long)]
    pub reject: bool,
    /// The reason given to the public
    #[arg(long)]
    pub text: String,
    /// Who decides
    #[arg(long)]
    pub by: String,
    #[command(flatten)]
    pub ledger: LedgerArg,
}

#[derive(Debug, ClapArgs)]
pub struct Review {
    #[command(flatten)]
    pub view: View,
    /// Most claims to print
    #[arg(long, default_value_t = 20)]
    pub limit: usize,
}

#[derive(Debug, ClapArgs)]
pub struct Verify {
    #[command(flatten)]
    pub ledger: LedgerArg,
    /// Check too that the ledger still holds what this checkpoint or head says; may be given several times
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Vec<PathBuf>,
    /// The public key that checkpoints must be signed with
    #[arg(long, value_name = "KEY", requires = "checkpoint")]
    pub signer: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
pub struct Head {
    #[command(flatten)]
    pub view: View,
    /// The last head of every day on which something was recorded
    #[arg(long, conflicts_with = "as_of")]
    pub daily: bool,
}

#[derive(Debug, ClapArgs)]
pub struct Checkpoint {
    #[command(flatten)]
    pub ledger: LedgerArg,
    /// Write the checkpoint into this file instead of printing it
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct Erase {
    /// The report whose byline, or the correction whose contact, is erased
    pub id: String,
    /// Words that name a person, erased wherever they stand in it: text, title, claims, index; may be given several times
    #[arg(long)]
    pub words: Vec<String>,
    /// Who decides
    #[arg(long)]
    pub by: String,
    /// Why
    #[arg(long)]
    pub reason: String,
    #[command(flatten)]
    pub ledger: LedgerArg,
}

#[derive(Debug, ClapArgs)]
pub struct Serve {
    #[command(flatten)]
    pub ledger: LedgerArg,
    /// Port on 127.0.0.1; 0 takes any free one
    #[arg(long, default_value_t = 8017)]
    pub port: u16,
}

#[derive(Debug, ClapArgs)]
pub struct Demo {
    /// Print the standing and end
    #[arg(long)]
    pub no_serve: bool,
    /// Where to keep the demo's ledger; by default in the folder for temporary files
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// Port on 127.0.0.1; 0 takes any free one
    #[arg(long, default_value_t = 8017)]
    pub port: u16,
}
