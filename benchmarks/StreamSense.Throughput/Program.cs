using StreamSense.Throughput;
using StreamSense.Throughput.Buffering;

// A new scenario is a class and a line here.
IScenario[] scenarios = [new LaneScenario(writers: 1), new LaneScenario(writers: 2)];

return new CommandLine(scenarios).Run(args, Console.Out, Console.Error);
