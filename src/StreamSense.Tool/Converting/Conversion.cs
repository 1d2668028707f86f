using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Failures;
using StreamSense.Core.Privacy;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Converting;

/// <summary>One run of <c>convert</c>: reads every input and writes its events in the order in which they came.</summary>
internal static class Conversion
{
    // Names beyond these would be lost, and a conversion shall lose nothing.
    private const int Names = 1 << 20;

    /// <summary>Converts.</summary>
    /// <param name="options">What to convert.</param>
    /// <param name="standardInput">What <c>-</c> stands for.</param>
    /// <param name="output">Where the events go; stays open.</param>
    /// <param name="begun">Is told the size of all inputs; null within if nobody knows.</param>
    /// <param name="read">Is told the bytes of each chunk.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">An input cannot be read, or the output cannot be written.</exception>
    public static ConvertReport Run(
        ConvertOptions options,
        Stream standardInput,
        Stream output,
        Action<long?>? begun,
        Action<int>? read,
        CancellationToken cancellationToken)
    {
        var vocabulary = new Vocabulary(titleCapacity: Names);
        PseudonymKey key = ToolKey.Load(options.KeyFile);
        using FailedEventFiles? failed = FailedFolder.Open(options.FailedFolder, options.KeyFile, key);
        EventOutput events = EventOutput.Open(options.To, output, vocabulary);
        var context = new SourceContext(vocabulary, new Pseudonymizer(key), events)
        {
            MapFile = options.MapFile,
            Damaged = options.Damaged,
            Failed = failed is null ? null : new FailedEvents(store: failed),
        };
        var reader = new SourceReader(options.Format, context);
        reader.ReadAll(options.Files, standardInput, begun, read, cancellationToken);
        events.Complete();
        return new ConvertReport(reader.Counters, events.Written, reader.Notes);
    }
}
