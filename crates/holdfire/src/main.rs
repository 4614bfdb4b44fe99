//! The program: what a person types, and what is printed.
#![allow(
    clippy::disallowed_methods,
    reason = "the program reads files, the clock and the environment for the libraries"
)]

mod args;
mod commands;
mod failure;
mod table;

use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command, Pack};
use failure::{Done, Failure};

fn main() -> ExitCode {
    let args = Args::parse();
    let brought = commands::pack::bring(&args.packs);
    let done = brought.and_then(|brought| Ok(run(args.command)?.and(brought)));
    match done {
        Ok(Done::Clean) => ExitCode::SUCCESS,
        Ok(Done::WithProblems) => ExitCode::from(1),
        // `holdfire ... | head` closes the pipe when it has seen enough
        Err(Failure::Output(e)) if e.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "error: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<Done, Failure> {
    match command {
        Command::Read(args) => commands::read::run(&args),
        Command::Annotate(args) => commands::annotate::run(&args),
        Command::Record(args) => commands::record::run(&args),
        Command::Import(args) => commands::import::run(&args),
        Command::Export(args) => commands::export::run(&args),
        Command::Status(args) => commands::status::run(&args),
        Command::Day(args) => commands::day::run(&args),
        Command::Incident(args) => commands::look::incident(&args),
        Command::Claim(args) => commands::look::claim(&args),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Report(args) => commands::look::report(&args),
        Command::Search(args) => commands::look::search(&args),
        Command::Review(args) => commands::look::review(&args),
        Command::Correct(args) => commands::correct::correct(&args),
        Command::Corrections(args) => commands::correct::list(&args),
        Command::Answer(args) => commands::correct::answer(&args),
        Command::Parties(args) => commands::parties::run(&args),
        Command::Pack(Pack::Check(args)) => commands::pack::check(&args),
        Command::Pack(Pack::New(args)) => commands::pack::new(&args),
        Command::Verify(args) => commands::verify::run(&args),
        Command::Head(args) => commands::checkpoint::head(&args),
        Command::Checkpoint(args) => commands::checkpoint::sign(&args),
        Command::Erase(args) => commands::erase::run(&args),
        Command::Serve(args) => commands::serve::run(&args.ledger.ledger, args.port),
        Command::Demo(args) => commands::demo::run(&args),
    }
}
