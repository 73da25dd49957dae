//! Whole groups of computers in virtual time.

use crate::packages::Purpose;
use crate::step::Failed;
use crate::{setup, tools};

/// Runs the simulator's tests optimised, over as many seeds as asked.
pub(crate) fn run(seeds: Option<u64>, first: Option<u64>) -> Result<(), Failed> {
    setup::ensure(Purpose::Test)?;
    let mut step = tools::nextest("simulator").args([
        "run",
        "--release",
        "--package",
        "rota-sim",
        "--no-capture",
    ]);
    for (name, number) in [("ROTA_SIM_SEEDS", seeds), ("ROTA_SIM_FIRST", first)] {
        if let Some(number) = number {
            step = step.env(name, number.to_string());
        }
    }
    step.run()
}
