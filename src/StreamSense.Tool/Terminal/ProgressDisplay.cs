using Spectre.Console;
using StreamSense.Tool.Measuring;

namespace StreamSense.Tool.Terminal;

/// <summary>A progress bar on standard error, where that is a terminal and the input is large enough to wait for.</summary>
internal sealed class ProgressDisplay : IMeasureProgress
{
    private const long BytesWorthABar = 8 << 20;

    private readonly ProgressContext _context;
    private ProgressTask? _reading;
    private ProgressTask? _measuring;

    private ProgressDisplay(ProgressContext context) => _context = context;

    /// <summary>Runs something and shows how far it has come.</summary>
    /// <param name="streams">Where to show it.</param>
    /// <param name="work">What to run.</param>
    /// <returns>What it returned.</returns>
    public static T Run<T>(ToolStreams streams, Func<IMeasureProgress?, T> work) =>
        ProgressBars.Run(streams, context => work(context is null ? null : new ProgressDisplay(context)));

    /// <inheritdoc/>
    public void Begin(long? totalBytes)
    {
        if (totalBytes is null or >= BytesWorthABar)
        {
            _reading = _context.AddTask("Reading", maxValue: totalBytes ?? 1);
            _reading.IsIndeterminate = totalBytes is null;
            _measuring = _context.AddTask("Measuring", autoStart: false);
        }
    }

    /// <inheritdoc/>
    public void Read(int bytes) => _reading?.Increment(bytes);

    /// <inheritdoc/>
    public void Measured(long measured, long total)
    {
        if (_reading is null || _measuring is null)
        {
            return;
        }

        if (!_measuring.IsStarted)
        {
            _reading.IsIndeterminate = false;
            _reading.Value = _reading.MaxValue;
            _measuring.MaxValue = total;
            _measuring.StartTask();
        }

        _measuring.Value = measured;
    }
}
