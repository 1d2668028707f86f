using StreamSense.Tool.CommandLine;
using StreamSense.Tool.Terminal;

return await ToolCommand.RunAsync(args, ToolStreams.OfProcess()).ConfigureAwait(false);
