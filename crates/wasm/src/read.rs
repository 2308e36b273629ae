//! JavaScript objects as values of the engine, in the form in which serde writes them.
//!
//! By hand, because what serde derives for reading tagged objects out of JavaScript would be a sixth of the module. A
//! struct with a new field does not compile until it is read here; a test writes every word of a link and reads it back.

use brainbow::dataset::function::FunctionSpec;
use brainbow::dataset::rows::{ColumnSpec, Missing, RowsSpec};
use brainbow::dataset::toys::{Toy, ToySpec};
use brainbow::dataset::{Classes, DataSpec, ScalingSpec};
use brainbow::evaluation::{Among, Order};
use brainbow::experiment::{Decay, Experiment, RateFrom, Schedule, Stop};
use brainbow::layer::{Activation, Init, LayerSpec};
use brainbow::loss::LossSpec;
use brainbow::optimizer::OptimizerSpec;
use brainbow::table::Dialect;
use wasm_bindgen::JsValue;

use crate::fields::{Fields, Read, list, number, refuse, whole, word};

impl Read for f32 {
    fn read(value: &JsValue) -> Result<Self, String> {
        Ok(number(value)? as f32)
    }
}

impl Read for String {
    fn read(value: &JsValue) -> Result<Self, String> {
        value.as_string().ok_or_else(|| "no text".into())
    }
}

impl Read for u8 {
    fn read(value: &JsValue) -> Result<Self, String> {
        Ok(whole(value, u32::from(u8::MAX))? as u8)
    }
}

impl Read for u32 {
    fn read(value: &JsValue) -> Result<Self, String> {
        whole(value, u32::MAX)
    }
}

impl Read for usize {
    fn read(value: &JsValue) -> Result<Self, String> {
        Ok(whole(value, u32::MAX)? as usize)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &JsValue) -> Result<Self, String> {
        list(value)?.iter().map(|item| T::read(&item)).collect()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: &JsValue) -> Result<Self, String> {
        if value.is_null() || value.is_undefined() { Ok(None) } else { T::read(value).map(Some) }
    }
}

impl Read for Experiment {
    fn read(value: &JsValue) -> Result<Self, String> {
        let mut of = Fields::of(value)?;
        let experiment = Experiment {
            data: of.field("data")?,
            classes: of.field_or_default("classes")?,
            layers: of.field("layers")?,
            loss: of.field_or_default("loss")?,
            optimizer: of.field("optimizer")?,
            learning_rate: of.field("learningRate")?,
            schedule: of.field_or_default("schedule")?,
            l2: of.field_or_default("l2")?,
            batch_size: of.field("batchSize")?,
            epochs: of.field("epochs")?,
            stop: of.field_or_default("stop")?,
            scaling: of.field_or_default("scaling")?,
            seed: of.field("seed")?,
            validation_split: of.field("validationSplit")?,
        };
        of.no_more(experiment)
    }
}

impl Read for Classes {
    fn read(value: &JsValue) -> Result<Self, String> {
        let classes = Vec::<u8>::read(value)?;
        Classes::of(classes).ok_or_else(|| "a class beyond 31".into())
    }
}

impl Read for DataSpec {
    fn read(value: &JsValue) -> Result<Self, String> {
        let mut of = Fields::of(value)?;
        let data = match &*of.kind()? {
            "mnist" => DataSpec::Mnist,
            "fashion" => DataSpec::Fashion,
            "cifar10" => DataSpec::Cifar10,
            "generated" => DataSpec::Generated { seed: of.field("seed")? },
            "toy" => DataSpec::Toy(ToySpec {
                shape: of.field("shape")?,
                points: of.field("points")?,
                noise: of.field("noise")?,
                seed: of.field("seed")?,
            }),
            "function" => DataSpec::Function(FunctionSpec {
                formula: of.field("formula")?,
                points: of.field("points")?,
                from: of.field("from")?,
                to: of.field("to")?,
                noise: of.field("noise")?,
                seed: of.field("seed")?,
            }),
            "table" => DataSpec::Table(RowsSpec {
                table: of.field("table")?,
                target: of.field("target")?,
                inputs: of.field("inputs")?,
                rows: of.field_or_default("rows")?,
                missing: of.field_or_default("missing")?,
                csv: of.field_or_default("csv")?,
                fingerprint: of.field_or_default("fingerprint")?,
            }),
            kind => return refuse(kind),
        };
        of.no_more(data)
    }
}

impl Read for ColumnSpec {
    fn read(value: &JsValue) -> Result<Self, String> {
        let mut of = Fields::of(value)?;
        let column = ColumnSpec { column: of.field("column")?, categories: of.field("categories")? };
        of.no_more(column)
    }
}

impl Read for Missing {
    fn read(value: &JsValue) -> Result<Self, String> {
        word(value, &[("drop", Missing::Drop), ("median", Missing::Median)])
    }
}

impl Read for Dialect {
    fn read(value: &JsValue) -> Result<Self, String> {
        let mut of = Fields::of(value)?;
        let separator: String = of.field("separator")?;
        let dialect = Dialect {
            separator: separator.chars().next().ok_or("no separator")?,
            decimal_comma: of.field("decimalComma")?,
            header: of.field("header")?,
        };
        of.no_more(dialect)
    }
}

impl Read for bool {
    fn read(value: &JsValue) -> Result<Self, String> {
        value.as_bool().ok_or_else(|| "neither true nor false".into())
    }
}

impl Read for LayerSpec {
    fn read(value: &JsValue) -> Result<Self, String> {
        let mut of = Fields::of(value)?;
        let layer = match &*of.kind()? {
            "dense" => LayerSpec::Dense { units: of.field("units")?, init: of.field_or_default("init")? },
            "activation" => LayerSpec::Activation { function: of.field("function")? },
            "dropout" => LayerSpec::Dropout { rate: of.field("rate")? },
            kind => return refuse(kind),
        };
        of.no_more(layer)
    }
}

impl Read for Init {
    fn read(value: &JsValue) -> Result<Self, String> {
        if !value.is_object() {
            return word(
                value,
                &[
                    ("heUniform", Init::HeUniform),
                    ("heNormal", Init::HeNormal),
                    ("glorotUniform", Init::GlorotUniform),
                    ("glorotNormal", Init::GlorotNormal),
                    ("lecunUniform", Init::LecunUniform),
                    ("lecunNormal", Init::LecunNormal),
                    ("zero", Init::Zero),
                ],
            );
        }
        let mut of = Fields::of(value)?;
        let Sigma(sigma) = of.field("normal")?;
        of.no_more(Init::Normal { sigma })
    }
}

/// What stands in `{ normal: { sigma } }`.
struct Sigma(f32);

impl Read for Sigma {
    fn read(value: &JsValue) -> Result<Self, String> {
        let mut of = Fields::of(value)?;
        let sigma = of.field("sigma")?;
        of.no_more(Self(sigma))
    }
}

impl Read for Activation {
    fn read(value: &JsValue) -> Result<Self, String> {
        word(
            value,
            &[
                ("linear", Activation::Linear),
                ("relu", Activation::Relu),
                ("leakyRelu", Activation::LeakyRelu),
                ("sigmoid", Activation::Sigmoid),
                ("tanh", Activation::Tanh),
                ("softplus", Activation::Softplus),
                ("gelu", Activation::Gelu),
            ],
        )
    }
}

impl Read for LossSpec {
    fn read(value: &JsValue) -> Result<Self, String> {
        word(
            value,
            &[
                ("softmaxCrossEntropy", LossSpec::SoftmaxCrossEntropy),
                ("binaryCrossEntropy", LossSpec::BinaryCrossEntropy),
                ("meanSquaredError", LossSpec::MeanSquaredError),
                ("meanAbsoluteError", LossSpec::MeanAbsoluteError),
                ("sigmoidAbsoluteError", LossSpec::SigmoidAbsoluteError),
            ],
        )
    }
}

impl Read for OptimizerSpec {
    /// By its own table of settings: their names are the fields'.
    fn read(value: &JsValue) -> Result<Self, String> {
        let mut of = Fields::of(value)?;
        let kind = of.kind()?;
        let known = OptimizerSpec::ALL.iter().find(|(name, ..)| *name == kind);
        let Some(&(_, mut optimizer, _)) = known else { return refuse(&kind) };
        for setting in optimizer.settings() {
            *setting.value = of.field(setting.name)?;
        }
        of.no_more(optimizer)
    }
}

impl Read for RateFrom {
    fn read(value: &JsValue) -> Result<Self, String> {
        let mut of = Fields::of(value)?;
        let change = RateFrom { step: of.field("step")?, rate: of.field("rate")? };
        of.no_more(change)
    }
}

impl Read for Schedule {
    fn read(value: &JsValue) -> Result<Self, String> {
        let mut of = Fields::of(value)?;
        let schedule =
            Schedule { warmup: of.field_or_default("warmup")?, decay: of.field_or_default("decay")? };
        of.no_more(schedule)
    }
}

impl Read for Decay {
    fn read(value: &JsValue) -> Result<Self, String> {
        let mut of = Fields::of(value)?;
        let decay = match &*of.kind()? {
            "constant" => Decay::Constant,
            "step" => Decay::Step { every: of.field("every")?, factor: of.field("factor")? },
            "cosine" => Decay::Cosine { epochs: of.field("epochs")? },
            kind => return refuse(kind),
        };
        of.no_more(decay)
    }
}

impl Read for Stop {
    fn read(value: &JsValue) -> Result<Self, String> {
        let mut of = Fields::of(value)?;
        let stop = Stop {
            accuracy: of.field("accuracy")?,
            loss: of.field("loss")?,
            patience: of.field("patience")?,
        };
        of.no_more(stop)
    }
}

impl Read for Toy {
    fn read(value: &JsValue) -> Result<Self, String> {
        // In links as in objects.
        word(value, &Toy::NAMED)
    }
}

impl Read for ScalingSpec {
    fn read(value: &JsValue) -> Result<Self, String> {
        word(
            value,
            &[("none", ScalingSpec::None), ("mean", ScalingSpec::Mean), ("standard", ScalingSpec::Standard)],
        )
    }
}

impl Read for Among {
    fn read(value: &JsValue) -> Result<Self, String> {
        let mut of = Fields::of(value)?;
        match &*of.kind()? {
            "cell" => Ok(Among::Cell { actual: of.field("actual")?, predicted: of.field("predicted")? }),
            "mistakes" => Ok(Among::Mistakes),
            "mistakesOf" => Ok(Among::MistakesOf { actual: of.field("actual")? }),
            "excitingMistakes" => Ok(Among::ExcitingMistakes),
            kind => refuse(kind),
        }
    }
}

impl Read for Order {
    fn read(value: &JsValue) -> Result<Self, String> {
        word(
            value,
            &[
                ("mostConfident", Order::MostConfident),
                ("leastConfident", Order::LeastConfident),
                ("highestLoss", Order::HighestLoss),
                ("closestCall", Order::ClosestCall),
                ("mostAtALoss", Order::MostAtALoss),
            ],
        )
    }
}
