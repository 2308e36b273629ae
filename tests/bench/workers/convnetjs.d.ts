// What is used of ConvNetJS, which has no types of its own.
declare module "convnetjs" {
  namespace convnetjs {
    class Vol {
      constructor(width: number, height: number, depth: number, value: number);
      readonly w: Float64Array;
    }
    class Net {
      makeLayers(layers: object[]): void;
      /** The probabilities, where the last layer is a softmax. */
      forward(vol: Vol): Vol;
    }
    class Trainer {
      constructor(net: Net, options: object);
      train(vol: Vol, label: number): { loss: number };
    }
  }
  export default convnetjs;
}
