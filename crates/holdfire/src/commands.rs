//! One module a command, or a few that are much alike.

pub mod annotate;
pub mod checkpoint;
pub mod correct;
pub mod day;
pub mod demo;
pub mod erase;
pub mod explain;
pub mod export;
pub mod import;
pub mod layers;
pub mod look;
pub mod pack;
pub mod parties;
pub mod read;
pub mod record;
pub mod serve;
pub mod status;
pub mod verify;
pub mod view;
