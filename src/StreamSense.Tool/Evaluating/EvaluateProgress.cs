using Spectre.Console;
using StreamSense.Ml.Training;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.Evaluating;

/// <summary>Progress bars on standard error, where that is a terminal: reading, then each stage of training, then ranking.</summary>
internal sealed class EvaluateProgress : IProgress<TrainProgress>
{
    private readonly ProgressContext _context;
    private readonly Dictionary<string, ProgressTask> _stages = new(StringComparer.Ordinal);
    private readonly Lock _reporting = new();
    private ProgressTask? _reading;

    private EvaluateProgress(ProgressContext context) => _context = context;

    /// <summary>Runs something and shows how far it has come.</summary>
    /// <param name="streams">Where to show it.</param>
    /// <param name="work">What to run.</param>
    /// <returns>What it returned.</returns>
    public static T Run<T>(ToolStreams streams, Func<EvaluateProgress?, T> work) =>
        ProgressBars.Run(streams, context => work(context is null ? null : new EvaluateProgress(context)));

    /// <summary>A file begins.</summary>
    /// <param name="totalBytes">Its size; null if nobody knows.</param>
    public void Begin(long? totalBytes)
    {
        _reading = _context.AddTask("read", maxValue: Math.Max(1, totalBytes ?? 1));
        _reading.IsIndeterminate = totalBytes is null;
    }

    /// <summary>More was read.</summary>
    /// <param name="bytes">How much more.</param>
    public void Read(int bytes) => _reading?.Increment(bytes);

    /// <summary>A stage is so far.</summary>
    /// <param name="value">How far; any thread may tell, and an earlier state may come last.</param>
    public void Report(TrainProgress value)
    {
        lock (_reporting)
        {
            if (!_stages.TryGetValue(value.Stage, out ProgressTask? task))
            {
                _stages.Add(value.Stage, task = _context.AddTask(value.Stage));
            }

            task.MaxValue = Math.Max(1, value.Total);
            task.Value = Math.Max(value.Done == 1 ? 0 : task.Value, value.Done);
        }
    }
}
