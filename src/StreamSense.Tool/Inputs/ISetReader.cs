using StreamSense.Core.Ingest;

namespace StreamSense.Tool.Inputs;

/// <summary>Reads every input of a command into a closed set.</summary>
internal interface ISetReader
{
    /// <summary>What came in.</summary>
    IngestCounters Counters { get; }

    /// <summary>What the inputs are called in messages.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The first complaints about records.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>The reader of the format, for what it alone knows; null where there are several.</summary>
    IEventIngest? Ingest { get; }

    /// <summary>Reads the inputs to their end.</summary>
    /// <param name="paths">Paths, or <c>-</c>.</param>
    /// <param name="standardInput">What <c>-</c> stands for.</param>
    /// <param name="begun">Is told the size of all inputs; null within if nobody knows.</param>
    /// <param name="read">Is told the bytes of each chunk.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">An input cannot be read.</exception>
    void ReadAll(
        IReadOnlyList<string> paths,
        Stream standardInput,
        Action<long?>? begun,
        Action<int>? read,
        CancellationToken cancellationToken);
}
