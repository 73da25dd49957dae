//! Whole groups of computers in virtual time.

use crate::packages::Purpose;
use crate::step::Failed;
use crate::{setup, tools};

/// Runs the simulator's tests optimised, over as many seeds as asked.
pub(crate) fn run(seeds: Option<u64>) -> Result<(), Failed> {
    setup::ensure(Purpose::Test)?;
    let step = tools::nextest("simulator").args([
        "run",
        "--release",
        "--package",
        "rota-sim",
        "--profile",
        "sim",
    ]);
    match seeds {
        Some(seeds) => step.env("ROTA_SEEDS", seeds.to_string()),
        None => step,
    }
    .run()
}
