using StreamSense.Throughput;
using StreamSense.Throughput.Buffering;
using StreamSense.Throughput.Cubes;
using StreamSense.Throughput.Door;
using StreamSense.Throughput.Features;
using StreamSense.Throughput.Pipeline;
using StreamSense.Throughput.Ranking;
using StreamSense.Throughput.Sessions;
using StreamSense.Throughput.Sketches;
using StreamSense.Throughput.Training;

// A new scenario is a class and a line here.
IScenario[] scenarios =
[
    new LaneScenario(writers: 1),
    new LaneScenario(writers: 2),
    new NdjsonScenario(),
    new MessagePackScenario(),
    new CmcdQueryScenario(),
    new SessionScenario(),
    new ScaleScenario(),
    new PipelineScenario(),
    new CubeUpdateScenario(),
    new CubeQueryScenario(),
    new FeatureVectorScenario(),
    new RankScenario(),
    new TreeScenario(),
    new BoostingScenario(),
    new IalsScenario(),
    new DotTopScenario(),
    new DistinctScenario(),
    new QuantileScenario(),
    new FrequencyScenario(),
    new KeyedSumScenario(),
];

return new CommandLine(scenarios).Run(args, Console.Out, Console.Error);
