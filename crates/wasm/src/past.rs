//! Looking back: while a step of the past is looked at, everything that is asked is asked of the network at that step.

use brainbow::past::Past;
use brainbow::{Experiment, Trainer, snapshot};
use wasm_bindgen::prelude::*;

use crate::session::{Run, Session};
use crate::thrown;

/// What the snapshots of a run may take together.
const LIMIT: usize = 64 << 20;

pub(crate) fn empty() -> Past {
    Past::new(LIMIT)
}

impl Run {
    /// Keeps a snapshot of the present step where that is worth it.
    pub fn keep(&mut self) {
        let step = self.trainer.step();
        if self.past.wants(step) {
            self.past.keep(step, snapshot::save(&mut self.trainer));
        }
    }
}

#[wasm_bindgen]
impl Session {
    /// The steps that can be looked at, in order.
    pub fn kept(&self) -> Result<Vec<u32>, JsValue> {
        Ok(self.live()?.past.steps().map(|step| step as u32).collect())
    }

    /// Looks at the newest step kept that is not later than `step`; nothing named is the present again. What is asked and
    /// evaluated from now on is of that step; nothing is learned meanwhile.
    pub fn look(&mut self, step: Option<u32>) -> Result<(), JsValue> {
        let drawing = self.run_mut()?.drawing.take();
        let live = self.live_mut()?;
        live.then = None;
        if let Some(bytes) = step.and_then(|step| live.past.at(u64::from(step))) {
            let made = Trainer::new(live.trainer.experiment().clone(), live.trainer.data().clone());
            let mut trainer = made.map_err(|error| thrown(&error))?;
            snapshot::restore(&mut trainer, bytes).map_err(|error| JsError::new(&error.to_string()))?;
            live.then = Some(Box::new(Run::new(trainer)));
        }
        self.run_mut()?.drawing = drawing;
        Ok(())
    }

    /// Goes on from the step that is looked at; what came after it is forgotten.
    pub fn fork(&mut self) -> Result<(), JsValue> {
        let live = self.live_mut()?;
        let Some(mut then) = live.then.take() else { return Ok(()) };
        // When it ends may have been changed since.
        let Experiment { epochs, stop, .. } = *live.trainer.experiment();
        let before = then.trainer.experiment();
        if (before.epochs, before.stop) != (epochs, stop) {
            then.trainer.set_stop(stop).map_err(|error| thrown(&error))?;
            then.trainer.set_epochs(epochs).map_err(|error| thrown(&error))?;
        }
        live.past.forget_after(then.trainer.step());
        then.past = std::mem::replace(&mut live.past, empty());
        *live = *then;
        Ok(())
    }
}
